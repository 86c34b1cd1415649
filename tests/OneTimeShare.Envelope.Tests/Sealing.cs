using System.IO.Pipelines;
using System.Text;

namespace OneTimeShare.Envelope.Tests;

/// <summary>A file to seal: its name and its bytes.</summary>
internal sealed record Plain(string Name, byte[] Bytes);

/// <summary>What the tests seal and open by: the library's own doors, with keys and salts that are known.</summary>
internal static class Sealing
{
    public static readonly byte[] Salt = [.. Enumerable.Range(0x40, EnvelopeHeader.SaltLength).Select(b => (byte)b)];

    public static LinkKey Key(byte first = 0)
    {
        var bytes = Enumerable.Range(first, LinkKey.Length).Select(b => (byte)b).ToArray();
        Assert.True(LinkKey.TryParse(StrictBase64Url.Encode(bytes), out var key));
        return key;
    }

    public static KeySchedule Keys(LinkKey key) =>
        KeySchedule.Derive(key, EnvelopeHeader.WithSalt(Kdf.None, Salt), passphrase: null);

    public static Passphrase Passphrase(string text)
    {
        Assert.True(Envelope.Passphrase.TryParse(text, out var passphrase));
        return passphrase!;
    }

    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(i * 31 + (i >> 8) + 1);
        return bytes;
    }

    /// <summary>Seals, handing the bytes over in pieces of the lengths given, over and over.</summary>
    public static async Task<byte[]> SealAsync(
        KeySchedule keys, LinkKey key, IEnumerable<Plain> files, int[]? pieces = null, bool text = false)
    {
        using var destination = new MemoryStream();
        var pipe = PipeWriter.Create(destination, new StreamPipeWriterOptions(leaveOpen: true));
        using var writer = new EnvelopeWriter(pipe, keys, KeySchedule.LinkProof(key));
        int next = 0;
        foreach (var file in files)
        {
            Assert.True(writer.TryBeginFile(file.Name, ManifestFile.DefaultType));
            for (int written = 0; written < file.Bytes.Length;)
            {
                var room = writer.GetMemory();
                int wanted = pieces is null ? room.Length : pieces[next++ % pieces.Length];
                int count = Math.Min(Math.Min(wanted, room.Length), file.Bytes.Length - written);
                file.Bytes.AsMemory(written, count).CopyTo(room);
                Assert.True(await writer.AdvanceAsync(count, TestContext.Current.CancellationToken));
                written += count;
            }
        }
        Assert.True(await writer.TryCompleteAsync(text, TestContext.Current.CancellationToken));
        return destination.ToArray();
    }

    /// <summary>Reads content to its end or to its first failure, and gives what was handed out until then.</summary>
    public static async Task<(byte[] Handed, EnvelopeFailure? Failure)> ReadAllAsync(
        ContentReader content, int recordsAtATime = 4)
    {
        using var handed = new MemoryStream();
        var room = new byte[recordsAtATime * Records.ContentLength];
        while (true)
        {
            var piece = await content.ReadAsync(room, TestContext.Current.CancellationToken);
            if (piece.Failure is { } failure)
                return (handed.ToArray(), failure);
            if (piece.Bytes.IsEmpty)
                return (handed.ToArray(), null);
            handed.Write(piece.Bytes.Span);
        }
    }

    public static byte[] Utf8(string text) => new UTF8Encoding(false, true).GetBytes(text);

    /// <summary>The records of an envelope, without header and footer.</summary>
    public static byte[] RecordsOf(byte[] envelope)
    {
        Assert.Null(EnvelopeFooter.Read(envelope.AsSpan(EnvelopeHeader.Length), out var footer));
        return envelope[EnvelopeHeader.Length..^footer!.Length];
    }

    public static Manifest ManifestOf(params int[] sizes) =>
        new([.. sizes.Select((size, i) => new ManifestFile($"{i}", ManifestFile.DefaultType, size))], Text: false);
}
