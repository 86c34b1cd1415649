using System.Text;

namespace OneTimeShare.Cli.Terminal;

/// <summary>
/// Asks whoever sits at the terminal, whatever standard input is. What is asked and answered goes past the standard
/// streams, so that both can be pipes.
/// </summary>
internal static class Keyboard
{
    private const string Unix = "/dev/tty";

    /// <summary>Whether somebody sits there.</summary>
    public static bool IsThere { get; } = Look();

    /// <summary>A question that only <c>y</c> or <c>yes</c> answers with yes.</summary>
    public static bool Agrees(string question, CancellationToken cancel)
    {
        Write($"{question} [y/N] ");
        return Await(ReadLine, cancel).Trim().ToUpperInvariant() is "Y" or "YES";
    }

    /// <summary>A line that is not shown while it is typed.</summary>
    public static string ReadSecret(string prompt, CancellationToken cancel)
    {
        string answer = OperatingSystem.IsWindows() ? Answer(ReadKeys) : TerminalEcho.Without(() => Answer(ReadLine));
        Write("\n");
        return answer;

        // Asked when nothing is shown any more: some type as soon as they read the question.
        string Answer(Func<string> read)
        {
            Write(prompt);
            return Await(read, cancel);
        }
    }

    // Reading does not end when whoever is asked leaves instead; what waits for it does, and the program with it.
    private static string Await(Func<string> read, CancellationToken cancel)
    {
        var reading = Task.Run(read, CancellationToken.None);
        Task.WaitAny([reading], cancel);
        return reading.GetAwaiter().GetResult();
    }

    private static bool Look()
    {
        if (OperatingSystem.IsWindows())
            return !Console.IsInputRedirected;
        try
        {
            // Opened, since the file is there also for a process that has no terminal.
            File.OpenHandle(Unix, FileMode.Open, FileAccess.ReadWrite).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void Write(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            Console.Error.Write(text);
            return;
        }
        using var terminal = new FileStream(Unix, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        terminal.Write(new UTF8Encoding(false).GetBytes(text));
    }

    private static string ReadLine()
    {
        if (OperatingSystem.IsWindows())
            return Console.In.ReadLine() ?? "";
        // Without a buffer, so that nothing of the next answer is taken.
        using var terminal = new FileStream(Unix, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return StandardStreams.ReadLine(terminal);
    }

    private static string ReadKeys()
    {
        var line = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key != ConsoleKey.Backspace)
                line.Append(key.KeyChar);
            else if (line.Length > 0)
                line.Length--;
        }
        return line.ToString();
    }
}
