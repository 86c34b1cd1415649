using System.IO.Pipelines;

namespace OneTimeShare.Envelope.Tests;

/// <summary>
/// Sealing and opening need the same memory for any length. Everything here completes at once and on one thread,
/// whose allocations the runtime counts exactly.
/// </summary>
public sealed class MemoryTests
{
    private const long Long = 256L * 1024 * 1024;
    private const long Most = 8 * 1024 * 1024; // unoptimized, every call of an async method allocates a little

    [Fact]
    public void Sealing_256_MiB_allocates_no_more_than_a_few_records()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        var destination = PipeWriter.Create(Stream.Null);

        long before = GC.GetAllocatedBytesForCurrentThread();
        using (var writer = new EnvelopeWriter(destination, keys, KeySchedule.LinkProof(key)))
        {
            Assert.True(writer.TryBeginFile("zeros", ManifestFile.DefaultType));
            Assert.True(AtOnce(writer.WriteAsync(new Zeros(Long), CancellationToken.None)));
            Assert.True(AtOnce(writer.TryCompleteAsync(cancellationToken: CancellationToken.None)));
            Assert.Equal(Long, writer.ContentLength);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
    }

    [Fact]
    public void Opening_256_MiB_allocates_no_more_than_a_few_records()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        var manifest = new Manifest([new ManifestFile("zeros", ManifestFile.DefaultType, Long)], Text: false);
        using var source = new SealedZeros(keys, Padding.PaddedLength(Long));

        long before = GC.GetAllocatedBytesForCurrentThread(), handed = 0;
        var room = new byte[ContentReader.RoomFor(manifest)];
        using (var content = new ContentReader(source, keys, manifest))
        {
            for (ContentPiece piece; !(piece = AtOnce(content.ReadAsync(room, CancellationToken.None))).Bytes.IsEmpty;)
            {
                Assert.Null(piece.Failure);
                handed += piece.Bytes.Length;
            }
        }
        Assert.Equal(Long, handed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Most);
    }

    private static T AtOnce<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted, "It went on elsewhere, where nobody counts.");
        return task.GetAwaiter().GetResult();
    }

    private class Zeros(long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int count = (int)Math.Min(_left, buffer.Length);
            buffer.Span[..count].Clear();
            _left -= count;
            return ValueTask.FromResult(count);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>The records of zeros, sealed when they are read.</summary>
    private sealed class SealedZeros(KeySchedule keys, long padded) : Zeros(0)
    {
        private readonly RecordWriter _writer = new(keys);
        private readonly byte[] _record = new byte[Records.SealedLength];
        private readonly byte[] _plain = new byte[Records.ContentLength];
        private long _padded = padded;
        private Memory<byte> _left;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_left.IsEmpty && _padded > 0)
            {
                int length = (int)Math.Min(_padded, Records.ContentLength);
                _padded -= length;
                _left = _record.AsMemory(0, length + Records.TagLength);
                _writer.Seal(_plain.AsSpan(0, length), last: _padded == 0, _left.Span);
            }
            int count = Math.Min(_left.Length, buffer.Length);
            _left[..count].CopyTo(buffer);
            _left = _left[count..];
            return ValueTask.FromResult(count);
        }

        protected override void Dispose(bool disposing)
        {
            _writer.Dispose();
            base.Dispose(disposing);
        }
    }
}
