using System.CommandLine;
using OneTimeShare.Cli.Sources;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots seal</c>: makes an envelope on disk, without a server, and prints its key.</summary>
internal sealed class SealCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "files, folders (each as a zip), or - for standard input; without any, standard input",
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "the envelope to write; one that is there is not overwritten",
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
        string path = parsed.GetRequiredValue(_output);
        bool text = parsed.GetValue(_text);
        using var passphrase = _passphrase.ReadNew(parsed);
        var files = text
            ? [await SecretSources.TextAsync(parsed.GetValue(_name), cancel)]
            : SecretSources.Files(parsed.GetValue(_files) ?? [], parsed.GetValue(_name));
        using var key = await WriteAsync(path, files, text, passphrase, cancel);
        Console.Out.WriteLine(key.ToFragment());
        return (int)ExitCode.Done;
    }

    private static async Task<LinkKey> WriteAsync(
        string path, List<SecretFile> files, bool text, Passphrase? passphrase, CancellationToken cancel)
    {
        if (Path.Exists(path))
        {
            throw ComplaintException.Failure(
                $"{Printable.Line(path)} is there already", "choose another place with -o");
        }
        var options = new CreateOptions { Text = text, Passphrase = passphrase };
        string part = path + ".part";
        await using var file = new FileStream(part, FileMode.Create, FileAccess.Write);
        try
        {
            if (!(await Sealed.WriteAsync(files, options, file, cancel)).Is(out var key, out var refusal))
                throw Refusals.Complain(refusal);
            file.Flush(flushToDisk: true);
            File.Move(part, path, overwrite: false);
            return key;
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
