using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli;

/// <summary>Runs what was parsed, and says how it ended.</summary>
internal static class Running
{
    private const int NoSpace = 28;
    private const int BrokenPipe = 32;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    /// <summary>What was interrupted and has not ended by then is left where it is.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(10);

    // Never disposed: a signal may come at any time.
    private static readonly CancellationTokenSource Interrupted = new();

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            if (Usage.Mistake(parsed) is { } mistake)
                throw mistake;
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            var running = Task.Run(() => parsed.InvokeAsync(configuration, Interrupted.Token), CancellationToken.None);
            await Task.WhenAny(running, OverdueAsync());
            return running.IsCompleted ? await running : throw new OperationCanceledException();
        }
        catch (ComplaintException complaint)
        {
            return End(complaint.Code, complaint.Message, complaint.Hint);
        }
        catch (OperationCanceledException)
        {
            return End(ExitCode.Interrupted, "interrupted", null);
        }
        catch (Exception failure) when (failure.GetBaseException() is DllNotFoundException)
        {
            return End(ExitCode.Failure, "libsodium, which makes keys of passphrases, is not beside this program",
                "put it there as it came with ots; without a passphrase it is not needed");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return End(ExitCode.Failure, Describe(failure), null);
        }
    }

    /// <summary>What the system says of a file, its name made harmless.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        IOException { HResult: NoSpace or NoSpaceOnWindows } => "there is no space left on the disk",
        IOException { HResult: BrokenPipe } => "nobody reads any more what is written",
        _ => Printable.Line(failure.Message),
    };

    // The second one ends the program as the system does.
    private static void Interrupt(PosixSignalContext signal)
    {
        signal.Cancel = !Interrupted.IsCancellationRequested;
        Interrupted.Cancel();
    }

    // What is going on in a system call, like opening a pipe that nobody writes to, does not hear of it.
    private static async Task OverdueAsync()
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Interrupted.Token);
        }
        catch (OperationCanceledException)
        {
            await Task.Delay(EndingTime, TimeProvider.System, CancellationToken.None);
        }
    }

    private static int End(ExitCode code, string message, string? hint)
    {
        Screen.Error(message);
        if (hint is not null)
            Screen.Hint(hint);
        return (int)code;
    }
}

/// <summary>How a command is called.</summary>
internal static class Usage
{
    private static string NameOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Push(result.Command is RootCommand ? "ots" : result.Command.Name);
        return string.Join(' ', names);
    }

    /// <summary>What does not fit; null where all does. A link, which is a secret, is not repeated.</summary>
    public static ComplaintException? Mistake(ParseResult parsed)
    {
        if (parsed.Action is ParseErrorAction)
        {
            string mistake = parsed.Tokens.Any(token => token.Value.Contains('#'))
                ? $"this is not how {NameOf(parsed)} is used"
                : parsed.UnmatchedTokens is [var unknown, ..]
                    ? $"there is no {Printable.Line(unknown)}" : Printable.Line(parsed.Errors[0].Message);
            return ComplaintException.Usage(mistake, $"{NameOf(parsed)} --help says how it is used");
        }
        if (parsed.Tokens.Any(token => token.Value == ""))
        {
            return ComplaintException.Usage(
                "one of the arguments is empty", "it may be of a variable that is not set");
        }
        return UnknownOption(parsed) is { } option
            ? ComplaintException.Usage($"there is no option {Printable.Line(option)}",
                "put -- before what begins with a dash and is no option")
            : null;
    }

    /// <summary>What begins with a slash is a file, and not help as on another system.</summary>
    public static void KeepSlashesForFiles(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Aliases.Remove("/h");
            option.Aliases.Remove("/?");
        }
    }

    /// <summary>What looks like an option and would be taken for an argument; null where nothing does.</summary>
    private static string? UnknownOption(ParseResult parsed)
    {
        var arguments = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens)
            .Select(token => token.Value).ToHashSet();
        return parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value)
            .FirstOrDefault(value => value.Length > 1 && value[0] == '-' && arguments.Contains(value));
    }
}

/// <summary>What <c>ots --version</c> prints.</summary>
internal static class VersionLine
{
    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options.OfType<VersionOption>())
            option.Action = new Print();
    }

    private sealed class Print : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            StandardStreams.WriteLine($"ots {typeof(VersionLine).Assembly.GetName().Version?.ToString(3)}");
            return 0;
        }
    }
}
