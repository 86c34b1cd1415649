using System.Buffers;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>Takes gigabytes, of which it remembers what is not zero, and reads them all again.</summary>
internal sealed class SparseZip : Stream, IBufferWriter<byte>
{
    private const int PageLength = 1 << 20;
    private readonly Dictionary<long, byte[]> _pages = [];
    private readonly byte[] _room = new byte[PageLength];
    private int _taken;
    private long _settled;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _settled + _taken;

    public override long Position { get; set; }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeHint, PageLength);
        Settle();
        return _room;
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>What was written may still be changed until more room is asked for, so it stays where it is.</summary>
    public void Advance(int count) => _taken = count;

    public override int Read(byte[] buffer, int offset, int count)
    {
        Settle();
        int read = (int)Math.Min(Math.Min(count, Length - Position), PageLength - (Position % PageLength));
        if (read <= 0)
            return 0;
        var destination = buffer.AsSpan(offset, read);
        if (_pages.TryGetValue(Position / PageLength, out var page))
            page.AsSpan((int)(Position % PageLength), read).CopyTo(destination);
        else
            destination.Clear();
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        SeekOrigin.End => Length,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Settle()
    {
        for (var left = _room.AsSpan(0, _taken); !left.IsEmpty;)
        {
            var part = left[..(int)Math.Min(left.Length, PageLength - (_settled % PageLength))];
            if (part.ContainsAnyExcept((byte)0))
                part.CopyTo(Page(_settled / PageLength).AsSpan((int)(_settled % PageLength)));
            _settled += part.Length;
            left = left[part.Length..];
        }
        _taken = 0;
    }

    private byte[] Page(long number)
    {
        if (!_pages.TryGetValue(number, out var page))
            _pages[number] = page = new byte[PageLength];
        return page;
    }
}
