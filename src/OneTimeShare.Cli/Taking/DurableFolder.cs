using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Cli.Taking;

/// <summary>Makes the names in a folder outlive a loss of power, as flushing a file does for its bytes.</summary>
internal static partial class DurableFolder
{
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return; // its file systems write names down by themselves
        using var handle = Open([.. new UTF8Encoding(false).GetBytes(folder), 0], 0);
        // Some file systems cannot; the files are complete all the same.
        if (!handle.IsInvalid)
            _ = Sync(handle);
    }

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial SafeFileHandle Open(byte[] path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(SafeFileHandle handle);
}
