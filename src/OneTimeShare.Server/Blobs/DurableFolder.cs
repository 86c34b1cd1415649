using System.Runtime.InteropServices;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// A file's name is in its folder, and durable only once the folder is: .NET flushes files, and opens no folders.
/// </summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        int descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
            throw Failure();
        try
        {
            if (Fsync(descriptor) < 0)
                throw Failure();
        }
        finally
        {
            // A folder that was only read: there is nothing that closing it could fail to write.
            _ = Close(descriptor);
        }
    }

    // The error number as HResult, as .NET's own IOExceptions have it.
    private static IOException Failure() =>
        new("A folder cannot be made durable.", Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
