using System.CommandLine;
using System.CommandLine.Invocation;
using OneTimeShare.Cli.Commands;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli;

/// <summary><c>ots</c>: docs/cli.md says all that it does.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args)
    {
        StandardStreams.Hold();
        var root = new RootCommand("Shares a secret once: sealed here, taken once, then gone.")
        {
            SendCommand.Create(),
            GetCommand.Create(),
            PeekCommand.Create(),
            ReceiptCommands.CreateStatus(),
            ReceiptCommands.CreateBurn(),
            ReceiptCommands.CreateAllow(),
            SealCommand.Create(),
            OpenCommand.Create(),
            CompletionCommand.Create(),
        };
        VersionLine.Use(root);
        Usage.KeepSlashesForFiles(root);

        // No response files: a file may be called @notes.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            Screen.Error(Usage.Mistake(parsed));
            Screen.Hint($"{Usage.NameOf(parsed)} --help says how it is used");
            return Task.FromResult((int)ExitCode.Usage);
        }
        if (parsed.Tokens.Any(token => token.Value == ""))
        {
            Screen.Error("one of the arguments is empty");
            Screen.Hint("it may be of a variable that is not set");
            return Task.FromResult((int)ExitCode.Usage);
        }
        if (Usage.UnknownOption(parsed) is { } option)
        {
            Screen.Error($"there is no option {Printable.Line(option)}");
            Screen.Hint("put -- before what begins with a dash and is no option");
            return Task.FromResult((int)ExitCode.Usage);
        }
        return Running.RunAsync(parsed);
    }
}
