using System.CommandLine;
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
        return Running.RunAsync(parsed);
    }
}
