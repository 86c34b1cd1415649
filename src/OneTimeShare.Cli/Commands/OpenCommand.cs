using System.CommandLine;
using OneTimeShare.Cli.Taking;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots open</c>: opens an envelope on disk, without a server; the envelope stays as it is.</summary>
internal sealed class OpenCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "an envelope" };

    private readonly Option<string?> _key = new("--key", "-k")
    {
        HelpName = "KEY",
        Description = "what ots seal printed, or is after the # of a link; - reads it from standard input (OTS_KEY)",
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FILE|DIR|-",
        Description = "where to: a file, a folder, or - for standard output (default: here; a text is shown)",
    };

    private readonly Option<bool> _force = new("--force", "-f") { Description = "overwrite files that are there" };
    private readonly PassphraseOptions _passphrase = new();

    public static Command Create()
    {
        var open = new OpenCommand();
        var command = new Command("open", "Open an envelope on disk.")
        {
            open._file, open._key, open._output, open._force,
        };
        open._passphrase.AddTo(command);
        command.SetAction(open.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var key = Key(parsed);
        using var given = _passphrase.ReadGivenToOpen(parsed);
        string path = parsed.GetRequiredValue(_file);
        using var file = File.OpenRead(path);
        if (!file.CanSeek)
            throw ComplaintException.Usage($"{Printable.Line(path)} is no file on a disk", "save it as one first");
        var failure = EnvelopeReader.Open(file, key, given, out var opened);
        if (failure == EnvelopeFailure.PassphraseRequired && Keyboard.IsThere)
        {
            using var asked = PassphraseOptions.AskToOpen(cancel);
            failure = EnvelopeReader.Open(file, key, asked, out opened);
        }
        if (failure is { } refused)
            throw Refusals.DoesNotOpen(refused);
        using var reader = opened!;
        await SaveAsync(parsed, reader, cancel);
        return (int)ExitCode.Done;
    }

    private LinkKey Key(ParseResult parsed)
    {
        string text = parsed.GetValue(_key) ?? Surroundings.Key
            ?? throw ComplaintException.Usage("which key?", "add --key KEY, or set OTS_KEY");
        if (text == "-")
            text = StandardStreams.ReadLine();
        return LinkKey.TryParse(text, out var key) ? key : throw Refusals.DoesNotOpen(EnvelopeFailure.MalformedLinkKey);
    }

    private async Task SaveAsync(ParseResult parsed, EnvelopeReader reader, CancellationToken cancel)
    {
        await using var destination = Destinations.Of(
            parsed.GetValue(_output), reader.Manifest, KeptClaim.NewMark(), parsed.GetValue(_force));
        destination.Check();
        try
        {
            if (await Sealed.ReadAsync(reader, destination.OpenAsync, cancel) is { } failure)
                throw Refusals.DoesNotOpen(failure);
            destination.Commit();
        }
        catch
        {
            destination.Discard();
            throw;
        }
    }
}
