using System.CommandLine;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots completion</c>: prints what a shell needs to complete commands and options.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print the completion for a shell.") { shell };
        command.SetAction(parsed =>
        {
            using var script = typeof(CompletionCommand).Assembly
                .GetManifestResourceStream(parsed.GetRequiredValue(shell))!;
            using var output = StandardStreams.OpenOutput();
            script.CopyTo(output);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
