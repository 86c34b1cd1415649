using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli;

/// <summary>Runs what was parsed, and says how it ended.</summary>
internal static class Running
{
    private const int NoSpace = 28;
    private const int NoSpaceOnWindows = unchecked((int)0x80070070);

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
            });
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
        _ => Printable.Line(failure.Message),
    };

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
    public static string NameOf(ParseResult parsed)
    {
        var names = new Stack<string>();
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as CommandResult)
            names.Push(result.Command is RootCommand ? "ots" : result.Command.Name);
        return string.Join(' ', names);
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
    public static string? UnknownOption(ParseResult parsed)
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
            Console.Out.WriteLine($"ots {typeof(VersionLine).Assembly.GetName().Version?.ToString(3)}");
            return 0;
        }
    }
}
