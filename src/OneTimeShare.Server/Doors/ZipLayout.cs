using System.Text;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// Where everything lies in a zip (PKWARE APPNOTE 6.3.10) of stored files of known sizes, and so how long it is
/// before the first byte is sent. Sizes are in the local headers, the CRC, which is known only afterwards, in a data
/// descriptor; zip64 where a size, an offset or the number of files needs it.
/// </summary>
internal sealed class ZipLayout
{
    public const int LocalHeaderLength = 30;
    public const int LocalZip64Length = 20;
    public const int CentralHeaderLength = 46;
    public const int EndLength = 22;
    public const int Zip64EndLength = 56;
    public const int Zip64LocatorLength = 20;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public ZipLayout(Manifest manifest, IReadOnlyList<string> names)
    {
        Entries = new ZipEntry[names.Count];
        long offset = 0;
        for (int i = 0; i < names.Count; i++)
        {
            Entries[i] = new ZipEntry(Utf8.GetBytes(names[i]), manifest.Files[i].Size, offset);
            offset += Entries[i].Length;
        }
        DirectoryOffset = offset;
        DirectoryLength = Entries.Sum(entry => (long)entry.CentralLength);
        IsZip64 = Entries.Length >= ushort.MaxValue || offset >= uint.MaxValue || DirectoryLength >= uint.MaxValue;
        Length = offset + DirectoryLength + EndLength + (IsZip64 ? Zip64EndLength + Zip64LocatorLength : 0);
    }

    public ZipEntry[] Entries { get; }

    public long DirectoryOffset { get; }

    public long DirectoryLength { get; }

    public bool IsZip64 { get; }

    /// <summary>Of the whole zip, in bytes.</summary>
    public long Length { get; }
}

/// <param name="Name">In UTF-8.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Offset">Of its local header.</param>
internal sealed record ZipEntry(byte[] Name, long Size, long Offset)
{
    public bool IsZip64 => Size >= uint.MaxValue;

    public int DescriptorLength => IsZip64 ? 24 : 16;

    public long Length => ZipLayout.LocalHeaderLength + Name.Length + (IsZip64 ? ZipLayout.LocalZip64Length : 0)
        + Size + DescriptorLength;

    /// <summary>Of the extra field in the directory: its header, sizes and offset, as far as they need it.</summary>
    public int CentralZip64Length =>
        (IsZip64 ? 16 : 0) + (HasZip64Offset ? 8 : 0) is var fields and > 0 ? 4 + fields : 0;

    public bool HasZip64Offset => Offset >= uint.MaxValue;

    public int CentralLength => ZipLayout.CentralHeaderLength + Name.Length + CentralZip64Length;
}
