using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace OneTimeShare.Cli.Sources;

/// <summary>What a path leads to, links followed, as far as the base library does not tell.</summary>
internal enum UnixKind
{
    /// <summary>A file, a folder, or nothing.</summary>
    Ordinary,

    /// <summary>A pipe, a socket, a device without places: bytes that pass.</summary>
    Passing,

    /// <summary>A disk.</summary>
    Disk,
}

internal static partial class UnixFiles
{
    private const int CurrentFolder = -100;
    private const uint KindOnly = 1;
    private const int KindBits = 0xF000;

    // A struct statx has 256 bytes on every Linux; what macOS fills is shorter.
    private const int Room = 256;
    private const int ModeInStatx = 28;
    private const int ModeInStat = 4;

    public static UnixKind KindOf(string path) => KindOf(new UTF8Encoding(false).GetBytes(path));

    public static UnixKind KindOf(byte[] path)
    {
        byte[] name = [.. path, 0], status = new byte[Room];
        return (Mode(name, status) & KindBits) switch
        {
            0x1000 or 0x2000 or 0xC000 => UnixKind.Passing,
            0x6000 => UnixKind.Disk,
            _ => UnixKind.Ordinary,
        };
    }

    private static int Mode(byte[] path, byte[] status)
    {
        bool isLinux = OperatingSystem.IsLinux();
        if (!isLinux && !OperatingSystem.IsMacOS())
            return 0;
        int failed = isLinux ? StatLinux(CurrentFolder, path, 0, KindOnly, status)
            : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatOldMac(path, status)
            : StatMac(path, status);
        return failed != 0
            ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(isLinux ? ModeInStatx : ModeInStat));
    }

    [LibraryImport("libc", EntryPoint = "statx")]
    private static partial int StatLinux(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "stat")]
    private static partial int StatMac(byte[] path, [Out] byte[] status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64")]
    private static partial int StatOldMac(byte[] path, [Out] byte[] status);
}
