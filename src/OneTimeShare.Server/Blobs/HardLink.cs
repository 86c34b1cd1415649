using System.Runtime.InteropServices;

namespace OneTimeShare.Server.Blobs;

/// <summary>A second name for a file: it appears at once and never in the place of another.</summary>
internal static partial class HardLink
{
    private const int FileExists = 17;
    private const int AlreadyExists = unchecked((int)0x800700B7);

    /// <returns>False where there is a file of that name.</returns>
    public static bool TryCreate(string path, string newPath)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                File.Move(path, newPath); // which is as good there, and falls back to copying here
            else if (Link(path, newPath) < 0)
                throw new IOException("A file cannot be linked.", Marshal.GetLastPInvokeError());
            return true;
        }
        catch (IOException failure) when (failure.HResult is FileExists or AlreadyExists)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string newPath);
}
