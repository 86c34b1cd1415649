using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace OneTimeShare.Server.Doors;

/// <summary>Writes what a zip has beside its files' bytes.</summary>
internal sealed class ZipWriter(ZipLayout layout, IBufferWriter<byte> destination)
{
    private const ushort Version = 20;
    private const ushort VersionZip64 = 45;
    private const ushort MadeByUnix = 3 << 8;
    private const ushort Flags = 1 << 3 | 1 << 11; // the CRC follows the file; names are UTF-8
    private const uint Date = 1 << 5 << 16 | 1 << 16; // midnight of 1 January 1980, the first that a zip knows
    private const uint RegularFile = 0x81A4u << 16; // as stat says it: rw-r--r--

    private readonly Crc32 _crc = new();
    private readonly uint[] _crcs = new uint[layout.Entries.Length];
    private int _file = -1;

    private ZipEntry Entry => layout.Entries[_file];

    public void BeginFile()
    {
        _file++;
        var header = new Fields(destination, ZipLayout.LocalHeaderLength);
        header.Write(0x04034b50u);
        header.Write(Entry.IsZip64 ? VersionZip64 : Version);
        header.Write(Flags);
        header.Write((ushort)0); // stored
        header.Write(Date);
        header.Write(0u);
        header.Write(Clamp(Entry.Size));
        header.Write(Clamp(Entry.Size));
        header.Write((ushort)Entry.Name.Length);
        header.Write((ushort)(Entry.IsZip64 ? ZipLayout.LocalZip64Length : 0));
        destination.Write(Entry.Name);
        if (Entry.IsZip64)
            WriteZip64(ZipLayout.LocalZip64Length, Entry.Size, Entry.Size);
    }

    /// <summary>These bytes of the file have been written.</summary>
    public void Account(ReadOnlySpan<byte> content) => _crc.Append(content);

    public void EndFile()
    {
        _crcs[_file] = _crc.GetCurrentHashAsUInt32();
        _crc.Reset();
        var descriptor = new Fields(destination, Entry.DescriptorLength);
        descriptor.Write(0x08074b50u);
        descriptor.Write(_crcs[_file]);
        for (int i = 0; i < 2; i++)
        {
            if (Entry.IsZip64)
                descriptor.Write(Entry.Size);
            else
                descriptor.Write((uint)Entry.Size);
        }
    }

    /// <summary>The directory of all files, and where it is.</summary>
    public void Complete()
    {
        for (_file = 0; _file < layout.Entries.Length; _file++)
            WriteCentralHeader();
        if (layout.IsZip64)
            WriteZip64End();

        var end = new Fields(destination, ZipLayout.EndLength);
        end.Write(0x06054b50u);
        end.Write(0u);
        end.Write((ushort)Math.Min(layout.Entries.Length, ushort.MaxValue));
        end.Write((ushort)Math.Min(layout.Entries.Length, ushort.MaxValue));
        end.Write(Clamp(layout.DirectoryLength));
        end.Write(Clamp(layout.DirectoryOffset));
        end.Write((ushort)0);
    }

    private void WriteCentralHeader()
    {
        bool zip64 = Entry.CentralZip64Length > 0;
        var header = new Fields(destination, ZipLayout.CentralHeaderLength);
        header.Write(0x02014b50u);
        header.Write((ushort)(MadeByUnix | VersionZip64));
        header.Write(zip64 ? VersionZip64 : Version);
        header.Write(Flags);
        header.Write((ushort)0);
        header.Write(Date);
        header.Write(_crcs[_file]);
        header.Write(Clamp(Entry.Size));
        header.Write(Clamp(Entry.Size));
        header.Write((ushort)Entry.Name.Length);
        header.Write((ushort)Entry.CentralZip64Length);
        header.Write((ushort)0); // comment
        header.Write(0u); // disk, internal attributes
        header.Write(RegularFile);
        header.Write(Clamp(Entry.Offset));
        destination.Write(Entry.Name);
        if (!zip64)
            return;
        long[] sizes = Entry.IsZip64 ? [Entry.Size, Entry.Size] : [];
        WriteZip64(Entry.CentralZip64Length, Entry.HasZip64Offset ? [.. sizes, Entry.Offset] : sizes);
    }

    private void WriteZip64End()
    {
        var end = new Fields(destination, ZipLayout.Zip64EndLength);
        end.Write(0x06064b50u);
        end.Write((long)ZipLayout.Zip64EndLength - 12);
        end.Write((ushort)(MadeByUnix | VersionZip64));
        end.Write(VersionZip64);
        end.Write(0L); // both disks
        end.Write((long)layout.Entries.Length);
        end.Write((long)layout.Entries.Length);
        end.Write(layout.DirectoryLength);
        end.Write(layout.DirectoryOffset);

        var locator = new Fields(destination, ZipLayout.Zip64LocatorLength);
        locator.Write(0x07064b50u);
        locator.Write(0u);
        locator.Write(layout.DirectoryOffset + layout.DirectoryLength);
        locator.Write(1u);
    }

    private void WriteZip64(int length, params ReadOnlySpan<long> values)
    {
        var extra = new Fields(destination, length);
        extra.Write((ushort)1);
        extra.Write((ushort)(length - 4));
        foreach (long value in values)
            extra.Write(value);
    }

    private static uint Clamp(long value) => (uint)Math.Min(value, uint.MaxValue);

    /// <summary>Little-endian fields, one after another.</summary>
    private ref struct Fields
    {
        private Span<byte> _rest;

        public Fields(IBufferWriter<byte> destination, int length)
        {
            _rest = destination.GetSpan(length)[..length];
            // The memory stays this span's until the next call of GetSpan, and each structure is written whole.
            destination.Advance(length);
        }

        public void Write(ushort value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(_rest, value);
            _rest = _rest[sizeof(ushort)..];
        }

        public void Write(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_rest, value);
            _rest = _rest[sizeof(uint)..];
        }

        public void Write(long value)
        {
            BinaryPrimitives.WriteInt64LittleEndian(_rest, value);
            _rest = _rest[sizeof(long)..];
        }
    }
}
