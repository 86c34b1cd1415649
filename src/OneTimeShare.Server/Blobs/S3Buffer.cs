using System.Buffers;

namespace OneTimeShare.Server.Blobs;

/// <summary>How much memory all buffers of a process take together.</summary>
internal sealed class S3Memory
{
    /// <summary>256 MiB. With more in use, segments get short, and nobody has to wait for anybody else.</summary>
    private const long Plenty = 256 << 20;

    private long _used;

    public bool IsShort => Interlocked.Read(ref _used) > Plenty;

    public void Take(int bytes) => Interlocked.Add(ref _used, bytes);

    public void GiveBack(int bytes) => Interlocked.Add(ref _used, -bytes);
}

/// <summary>What has come of a segment. It takes memory as it fills, so that a slow upload holds little.</summary>
internal sealed class S3Buffer(S3Memory memory) : IDisposable
{
    /// <summary>8 MiB: no segment is longer.</summary>
    public const int Capacity = 8 << 20;

    private const int FirstLength = 64 << 10;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    public bool IsFull => Length == Capacity;

    public ArraySegment<byte> Bytes => new(_bytes, 0, Length);

    /// <returns>How many of the bytes found room.</returns>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(bytes.Length, Capacity - Length);
        bytes[..taken].CopyTo(MakeRoom(taken).Span);
        Length += taken;
        return taken;
    }

    /// <summary>Adds so many bytes from a stream; false where it has fewer.</summary>
    public async Task<bool> AddAsync(Stream source, int length, CancellationToken cancellationToken)
    {
        int read = await source.ReadAtLeastAsync(MakeRoom(length), length, false, cancellationToken);
        Length += read;
        return read == length;
    }

    public void Dispose()
    {
        Length = 0;
        Replace([]);
    }

    private Memory<byte> MakeRoom(int length)
    {
        int needed = Length + length;
        if (needed > _bytes.Length)
        {
            int doubled = Math.Max(FirstLength, Math.Min(Capacity, 2 * _bytes.Length));
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, doubled));
            Bytes.CopyTo(larger);
            memory.Take(larger.Length);
            Replace(larger);
        }

        return _bytes.AsMemory(Length, length);
    }

    private void Replace(byte[] bytes)
    {
        byte[] old = _bytes;
        _bytes = bytes;
        if (old.Length == 0)
            return;
        memory.GiveBack(old.Length);
        ArrayPool<byte>.Shared.Return(old);
    }
}
