using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// Has the system begin to bring a part of a file to the disk, and does not wait for it: the flush at the end then
/// finds little left to do. It promises nothing; only the flush makes anything durable.
/// </summary>
internal static partial class EarlyWriteback
{
    /// <summary>SYNC_FILE_RANGE_WRITE of Linux's sync_file_range(2).</summary>
    private const uint Write = 2;

    /// <summary>Where the system or the file system knows no such thing, nothing happens.</summary>
    public static void Begin(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsLinux())
            _ = SyncFileRange(file, offset, length, Write);
    }

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int SyncFileRange(SafeFileHandle file, long offset, long length, uint flags);
}
