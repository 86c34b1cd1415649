using System.Buffers.Binary;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>A run of a blob's bytes in an object of its own, which is written once.</summary>
/// <param name="Session">Random: whose it is, so that no two writers ever write one object.</param>
/// <param name="Number">Which of the session's.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct S3Segment(ulong Session, int Number, int Length)
{
    public string KeyOf(ShareId id) => $"{S3BlobIndex.KeyOf(id)}.{Session:x16}.{Number:d6}";
}

/// <summary>
/// The object that has a blob's name. It says which segments the blob is made of, and has the rest of the bytes itself:
/// all of them where a blob is small. It is only ever replaced by who has seen what it replaces, and so a newer writer
/// is never overwritten by an older one, nor a complete blob by either.
/// </summary>
/// <param name="Session">Who wrote it.</param>
/// <param name="Writer">The number that the store gave them: the higher is the newer. 0 where there was but one.</param>
/// <param name="IsComplete">Whether it may be read.</param>
/// <param name="Segments">In the order of their bytes.</param>
/// <param name="RestLength">How many bytes follow the segments' in the object itself.</param>
internal sealed record S3BlobIndex(
    ulong Session, long Writer, bool IsComplete, IReadOnlyList<S3Segment> Segments, int RestLength)
{
    public const string Prefix = "blobs/";

    private const int HeaderLength = 32;
    private const int EntryLength = 16;

    private static ReadOnlySpan<byte> Magic => "OTB1"u8;

    public long Length => SegmentsLength + RestLength;

    public long SegmentsLength => Segments.Sum(segment => (long)segment.Length);

    /// <summary>Where in the object the rest begins.</summary>
    public int RestStart => HeaderLength + (Segments.Count * EntryLength);

    /// <summary>In hexadecimal, as on a disk.</summary>
    public static string KeyOf(ShareId id) => Prefix + Convert.ToHexStringLower(id.ToArray());

    /// <summary>Whose a key is that begins with <see cref="Prefix"/>.</summary>
    public static bool TryParseKey(ReadOnlySpan<char> key, out ShareId id)
    {
        var name = key[Prefix.Length..];
        int dot = name.IndexOf('.');
        return ShardedFolder.TryParse(dot < 0 ? name : name[..dot], out id);
    }

    public byte[] ToArray(ReadOnlySpan<byte> rest)
    {
        var bytes = new byte[RestStart + RestLength];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), IsComplete ? 1 : 0);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), Writer);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), Session);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(24), Segments.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(28), RestLength);
        var entry = bytes.AsSpan(HeaderLength);
        foreach (var segment in Segments)
        {
            BinaryPrimitives.WriteUInt64BigEndian(entry, segment.Session);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], segment.Number);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], segment.Length);
            entry = entry[EntryLength..];
        }

        rest.CopyTo(bytes.AsSpan(RestStart));
        return bytes;
    }

    /// <summary>Reads up to where the rest begins; null where it is no index.</summary>
    public static async Task<S3BlobIndex?> ReadAsync(Stream source, CancellationToken cancellationToken)
    {
        var header = new byte[HeaderLength];
        if (await source.ReadAtLeastAsync(header, HeaderLength, false, cancellationToken) < HeaderLength
            || !header.AsSpan().StartsWith(Magic))
            return null;
        int count = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(24));
        var entries = new byte[count * EntryLength];
        if (await source.ReadAtLeastAsync(entries, entries.Length, false, cancellationToken) < entries.Length)
            return null;
        var segments = new List<S3Segment>(count);
        for (int at = 0; at < entries.Length; at += EntryLength)
        {
            segments.Add(new S3Segment(
                BinaryPrimitives.ReadUInt64BigEndian(entries.AsSpan(at)),
                BinaryPrimitives.ReadInt32BigEndian(entries.AsSpan(at + 8)),
                BinaryPrimitives.ReadInt32BigEndian(entries.AsSpan(at + 12))));
        }

        return new S3BlobIndex(
            Session: BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(16)),
            Writer: BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)),
            IsComplete: header[7] == 1,
            segments,
            RestLength: BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(28)));
    }
}
