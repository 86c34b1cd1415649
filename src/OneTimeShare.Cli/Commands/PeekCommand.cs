using System.CommandLine;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots peek</c>: says what is behind a link, and takes nothing.</summary>
internal sealed class PeekCommand
{
    private readonly Argument<string> _link = Links.Link();
    private readonly Option<bool> _json = new("--json") { Description = "print JSON" };
    private readonly PassphraseOptions _passphrase = new();
    private readonly Connection _connection = new();

    public static Command Create()
    {
        var peek = new PeekCommand();
        var command = new Command(
            "peek", "Say what is behind a link, and take nothing. Names are said where no passphrase hides them.")
        {
            peek._link, peek._json,
        };
        peek._passphrase.AddTo(command);
        peek._connection.AddTo(command);
        command.SetAction(peek.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var link = Links.ReadLink(parsed.GetRequiredValue(_link));
        using var client = _connection.Open(parsed);
        using var passphrase = _passphrase.ReadGivenToOpen(parsed);
        var preview = await Unlocking.PreviewAsync(client, link, cancel);
        Manifest? manifest = null;
        if (!preview.NeedsPassphrase || passphrase is not null || _passphrase.IsToAsk(parsed))
        {
            var (keys, unlocked) = await Unlocking.UnlockAsync(client, link, preview, passphrase, cancel);
            keys.Dispose();
            manifest = unlocked.Manifest;
        }
        StandardStreams.WriteLine(parsed.GetValue(_json) ? AsJson(preview, manifest) : AsText(preview, manifest));
        return (int)ExitCode.Done;
    }

    private static string AsText(Client.SharePreview preview, Manifest? manifest) =>
        $"""
        {(manifest is null ? Hidden(preview.Size) : Contents.Describe(manifest))}
        expires:     {Amounts.Time(preview.ExpiresAt)}
        passphrase:  {(preview.NeedsPassphrase ? "needed" : "none")}
        """;

    private static string Hidden(long size) => $"Hidden by a passphrase: {Amounts.Size(size)}, sealed";

    private static string AsJson(Client.SharePreview preview, Manifest? manifest) => Json.Peek(new PeekJson(
        "pending",
        preview.NeedsPassphrase,
        preview.Size,
        preview.ExpiresAt,
        manifest?.Files.Select(file => new FileJson(file.Name, file.Type, file.Size)).ToArray()));
}
