using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Cli.Terminal;

/// <summary>
/// Standard input, output and error as bytes. One that was closed when this program began is not taken for the file
/// that has its number since, and an output that nobody reads any more is an error.
/// </summary>
internal static partial class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Error = 2;
    private const int LongestLine = 64 * 1024;

    // Of fcntl(2) and open(2), the same on Linux and macOS.
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int ReadAndWrite = 2;

    private static readonly bool[] Closed = new bool[3];

    /// <summary>
    /// To be called before anything is opened: what is missing is filled, so that no secret gets the number under
    /// which messages are written.
    /// </summary>
    public static void Hold()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (int number = Input; number <= Error; number++)
        {
            int flags = Control(number, GetFlags);
            // What was handed on to this program cannot have the flag, and what its runtime opened does.
            Closed[number] = flags < 0 || (flags & CloseOnExec) != 0;
            if (flags < 0)
                _ = Open([.. "/dev/null\0"u8], ReadAndWrite); // it gets the lowest number that is free: this one
        }
    }

    public static Stream OpenInput() => Closed[Input]
        ? throw ComplaintException.Usage("standard input is closed") : Console.OpenStandardInput();

    /// <summary>One line of standard input, without its end.</summary>
    public static string ReadLine()
    {
        using var input = OpenInput();
        return ReadLine(input).TrimEnd('\r');
    }

    /// <summary>
    /// Up to the line feed, which is read too, and nothing of what follows; what is longer than any link or key is cut.
    /// </summary>
    public static string ReadLine(Stream input)
    {
        var line = new List<byte>();
        while (line.Count < LongestLine && input.ReadByte() is var value and >= 0 and not '\n')
            line.Add((byte)value);
        return new UTF8Encoding(false).GetString(CollectionsMarshal.AsSpan(line));
    }

    /// <summary>Before anything is done whose result could then not be printed.</summary>
    public static void RequireOutput()
    {
        if (Closed[Output])
            throw ComplaintException.Usage("standard output is closed");
    }

    public static Stream OpenOutput()
    {
        RequireOutput();
        return Open(Output, Console.IsOutputRedirected, Console.OpenStandardOutput);
    }

    public static void WriteLine(string line)
    {
        // Its terminal may want another encoding than UTF-8.
        if (OperatingSystem.IsWindows())
        {
            Console.Out.WriteLine(line);
            return;
        }
        using var output = OpenOutput();
        output.Write(new UTF8Encoding(false).GetBytes(line + "\n"));
    }

    public static Stream OpenError() =>
        Closed[Error] ? Stream.Null : Open(Error, Console.IsErrorRedirected, Console.OpenStandardError);

    // What the base library has for the console says nothing where nobody reads a pipe any more; a stream on the pipe
    // itself does. Of a file it would not go on where others have written.
    private static Stream Open(int number, bool isRedirected, Func<Stream> openConsole)
    {
        if (!isRedirected || OperatingSystem.IsWindows())
            return openConsole();
        var stream = new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? openConsole() : stream;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int number, int command);

    [LibraryImport("libc", EntryPoint = "open")]
    private static partial int Open(byte[] path, int flags);
}
