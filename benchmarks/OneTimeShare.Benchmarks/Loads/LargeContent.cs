using System.Security.Cryptography;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>Content of any length: one random MiB again and again, so that a byte out of place shows.</summary>
internal sealed class LargeContent
{
    private static readonly byte[] Block = RandomNumberGenerator.GetBytes(1 << 20);

    private long _taken;

    public static async Task SendAsync(HttpConnection connection, long length)
    {
        for (long left = length; left > 0; left -= Block.Length)
            await connection.SendAsync(Block.AsMemory(0, (int)Math.Min(left, Block.Length)));
    }

    public static async Task WriteFileAsync(string path, long length)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (long left = length; left > 0; left -= Block.Length)
            await file.WriteAsync(Block.AsMemory(0, (int)Math.Min(left, Block.Length)));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Whether a file is what <see cref="WriteFileAsync"/> writes.</summary>
    public static async Task CompareFileAsync(string path, long length)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var content = new LargeContent();
        var piece = new byte[Block.Length];
        while (await file.ReadAsync(piece) is var read and > 0)
            content.Take(piece.AsMemory(0, read));
        content.ThrowIfNot(length);
    }

    /// <summary>Compares what has come next.</summary>
    public void Take(ReadOnlyMemory<byte> piece)
    {
        while (piece.Length > 0)
        {
            var expected = Block.AsSpan((int)(_taken % Block.Length));
            int count = Math.Min(expected.Length, piece.Length);
            if (!piece.Span[..count].SequenceEqual(expected[..count]))
                throw new InvalidDataException($"Other bytes than were sent, after {_taken} bytes.");
            _taken += count;
            piece = piece[count..];
        }
    }

    public void ThrowIfNot(long length)
    {
        if (_taken != length)
            throw new InvalidDataException($"{_taken} bytes instead of {length}.");
    }
}
