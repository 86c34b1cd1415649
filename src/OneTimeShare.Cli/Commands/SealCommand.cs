using System.CommandLine;
using System.Text;
using OneTimeShare.Cli.Sources;
using OneTimeShare.Cli.Taking;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots seal</c>: makes an envelope on disk, without a server, and prints its key.</summary>
internal sealed class SealCommand
{
    private const string StandardOutput = "-";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "files, folders (each as a zip), or - for standard input; without any, standard input",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FILE|-",
        Description = "the envelope to write; one that is there is not overwritten; - is standard output, and then "
            + "the key goes to standard error",
        Required = true,
    };

    private readonly Option<bool> _text = new("--text") { Description = "standard input is one text, to be shown" };
    private readonly Option<string?> _name = new("--name", "-n")
    {
        HelpName = "NAME",
        Description = "what the one file is called for its reader",
    };

    private readonly PassphraseOptions _passphrase = new();

    public static Command Create()
    {
        var seal = new SealCommand();
        var command = new Command("seal", "Seal files into an envelope on disk, and print the key that opens it.")
        {
            seal._files, seal._output, seal._text, seal._name,
        };
        seal._passphrase.AddTo(command);
        command.SetAction(seal.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        StandardStreams.RequireOutput();
        string path = parsed.GetRequiredValue(_output);
        if (path == StandardOutput && !Console.IsOutputRedirected)
            throw ComplaintException.Usage("an envelope is nothing for a terminal", "send it into a file or a pipe");
        bool text = parsed.GetValue(_text);
        using var passphrase = _passphrase.ReadNew(parsed, cancel);
        var files = text
            ? [await SecretSources.TextAsync(parsed.GetValue(_name), cancel)]
            : await SecretSources.FilesAsync(parsed.GetValue(_files) ?? [], parsed.GetValue(_name), cancel);
        var options = new CreateOptions { Text = text, Passphrase = passphrase };
        if (path == StandardOutput)
        {
            await using var output = StandardStreams.OpenOutput();
            await using var error = StandardStreams.OpenError();
            using var apart = await SealAsync(files, options, output, cancel);
            error.Write(Encoding.ASCII.GetBytes(apart.ToFragment() + "\n"));
        }
        else
        {
            await SaveAsync(path, files, options, cancel);
        }
        return (int)ExitCode.Done;
    }

    private static async Task SaveAsync(
        string path, List<SecretFile> files, CreateOptions options, CancellationToken cancel)
    {
        if (Path.Exists(path))
        {
            throw ComplaintException.Failure(
                $"{Printable.Line(path)} is there already", "choose another place with -o");
        }
        string part = Path.Combine(Destinations.FolderOf(path), $".ots-{KeptClaim.NewMark()}.part");
        await using var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write);
        try
        {
            using var key = await SealAsync(files, options, file, cancel);
            file.Flush(flushToDisk: true);
            // The key first: what is in its place without one is of no use.
            StandardStreams.WriteLine(key.ToFragment());
            File.Move(part, path, overwrite: false);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static async Task<LinkKey> SealAsync(
        List<SecretFile> files, CreateOptions options, Stream destination, CancellationToken cancel) =>
        (await Sealed.WriteAsync(files, options, destination, cancel)).Is(out var key, out var refusal)
            ? key : throw Refusals.Complain(refusal);
}
