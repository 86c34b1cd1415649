using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Cli.Sources;

/// <summary>
/// Names of files as Linux has them: bytes that may be no text. The base library makes U+FFFD of what is none, under
/// which nothing is found; so these are asked of the system itself.
/// </summary>
internal static partial class UnixNames
{
    private const char Lost = '\uFFFD';

    // Of a struct dirent: after its number, its place, its length and its type.
    private const int NameOffset = 19;
    private const int ReadOnlyCloseOnExec = 0x80000;
    private const int WithoutWaiting = 0x800;
    private const int NoEntry = 2;
    private const int LinkLoop = 40;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UTF8Encoding Utf8 = new(false);

    public static bool MayBeLost(string name) => OperatingSystem.IsLinux() && name.Contains(Lost);

    /// <summary>The bytes of an argument as the shell gave it.</summary>
    public static byte[] OfArgument(string argument)
    {
        var arguments = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
        foreach (var range in arguments.Split((byte)0))
        {
            if (Utf8.GetString(arguments[range]) == argument)
                return arguments[range].ToArray();
        }
        return Utf8.GetBytes(argument);
    }

    /// <summary>The names in a folder, sorted by their bytes.</summary>
    public static List<byte[]> In(string folder)
    {
        nint handle = OpenFolder(folder);
        if (handle == 0)
            throw new IOException($"Could not read the folder '{folder}'.");
        try
        {
            var names = new List<byte[]>();
            while (ReadFolder(handle) is var entry and not 0)
            {
                var name = NameAt(entry + NameOffset);
                if (name is not [(byte)'.'] and not [(byte)'.', (byte)'.'])
                    names.Add(name);
            }
            names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
            return names;
        }
        finally
        {
            _ = CloseFolder(handle);
        }
    }

    public static SafeFileHandle Open(byte[] path)
    {
        var handle = OpenFile([.. path, 0], ReadOnlyCloseOnExec);
        return handle.IsInvalid
            ? throw new IOException(
                $"Could not open '{Text(path)}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}")
            : handle;
    }

    /// <summary>Whether it leads nowhere: asked by opening, since a shell's pipe is a link to no path.</summary>
    public static bool LeadsNowhere(byte[] path)
    {
        using var handle = OpenFile([.. path, 0], ReadOnlyCloseOnExec | WithoutWaiting);
        return handle.IsInvalid && Marshal.GetLastPInvokeError() is NoEntry or LinkLoop;
    }

    /// <summary>For people and for other systems: each byte that is no text as <c>%FF</c>.</summary>
    public static string Text(ReadOnlySpan<byte> name)
    {
        var text = new StringBuilder(name.Length);
        while (name.Length > 0)
        {
            if (Rune.DecodeFromUtf8(name, out var rune, out int length) == System.Buffers.OperationStatus.Done)
                text.Append(rune.ToString());
            else
                text.Append('%').Append(Convert.ToHexString(name[..length]));
            name = name[length..];
        }
        return text.ToString();
    }

    public static bool IsText(byte[] name)
    {
        try
        {
            return StrictUtf8.GetCharCount(name) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static byte[] NameAt(nint address)
    {
        int length = 0;
        while (Marshal.ReadByte(address, length) != 0)
            length++;
        var name = new byte[length];
        Marshal.Copy(address, name, 0, length);
        return name;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial SafeFileHandle OpenFile(byte[] path, int flags);

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);
}
