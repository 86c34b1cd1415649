using System.CommandLine;
using OneTimeShare.Cli.Taking;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots get</c>: looks, asks, takes, saves, and says so to the server when all is on the disk.</summary>
internal sealed class GetCommand
{
    private readonly Argument<string> _link = Links.Link();

    private readonly Option<string?> _output = new("--output", "-o")
    {
        HelpName = "FILE|DIR|-",
        Description = "where to: a file, a folder, or - for standard output (default: here; a text is shown)",
    };

    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "take it without asking" };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "overwrite files that are there" };
    private readonly PassphraseOptions _passphrase = new();
    private readonly Connection _connection = new();

    public static Command Create()
    {
        var get = new GetCommand();
        var command = new Command("get", "Take what a link leads to. It can be taken once; a broken delivery goes on.")
        {
            get._link, get._output, get._yes, get._force,
        };
        get._passphrase.AddTo(command);
        get._connection.AddTo(command);
        command.SetAction(get.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var link = Links.ReadLink(parsed.GetRequiredValue(_link));
        using var client = _connection.Open(parsed);
        using var passphrase = _passphrase.ReadGivenToOpen(parsed);
        var screen = _connection.Screen(parsed);
        using var kept = KeptClaim.Find(link.Id);
        if (kept is null)
            await BeginAsync(parsed, screen, client, link, passphrase, cancellationToken);
        else
            await GoOnAsync(parsed, screen, client, link, passphrase, kept, cancellationToken);
        return (int)ExitCode.Done;
    }

    private async Task BeginAsync(
        ParseResult parsed, Screen screen, OneTimeShareClient client, ShareLink link, Passphrase? passphrase,
        CancellationToken cancel)
    {
        var preview = await Unlocking.PreviewAsync(client, link, cancel);
        var (keys, unlocked) = await Unlocking.UnlockAsync(client, link, preview, passphrase, cancel);
        using (keys)
        {
            string mark = KeptClaim.NewMark();
            await using var destination = Destinations.Of(
                parsed.GetValue(_output), unlocked.Manifest, mark, parsed.GetValue(_force));
            destination.Check();
            if (!parsed.GetValue(_yes) && !Agrees(unlocked, cancel))
                throw ComplaintException.Failure("not taken, and still there");
            using var kept = KeptClaim.Create(link.Id, preview.Header, destination.Folder, mark);
            var take = new Take(screen, client, keys, kept);
            await take.FinishAsync(await take.ClaimAsync(destination, cancel), destination, from: 0, cancel);
        }
    }

    /// <summary>An earlier process has taken it, or was about to.</summary>
    private async Task GoOnAsync(
        ParseResult parsed, Screen screen, OneTimeShareClient client, ShareLink link, Passphrase? passphrase,
        KeptClaim kept, CancellationToken cancel)
    {
        screen.Say("going on with what was begun before");
        using var asked = passphrase is null && kept.Header.Kdf != Kdf.None
            ? PassphraseOptions.AskToOpen(cancel) : null;
        using var keys = ShareKeys.Derive(link, kept.Header, passphrase ?? asked);
        var take = new Take(screen, client, keys, kept);
        var share = await take.ClaimAsync(destination: null, cancel);
        await using var destination = Destinations.Of(
            parsed.GetValue(_output), share.Manifest, kept.Mark, parsed.GetValue(_force));
        long from = 0;
        if (destination.Folder == kept.Folder)
            from = destination.GoOnFrom(kept.Saved);
        else if (kept.Folder is not null)
            FolderDestination.Discard(kept.Folder, kept.Mark);
        if (from == 0)
            destination.Check();
        await take.FinishAsync(share, destination, from, cancel);
    }

    private static bool Agrees(UnlockedShare unlocked, CancellationToken cancel)
    {
        if (!Keyboard.IsThere)
        {
            throw ComplaintException.Usage(
                "there is no terminal to ask at whether to take it", "nothing was taken: add --yes");
        }
        return Keyboard.Agrees(
            $"{Contents.Describe(unlocked.Manifest)}\nIt can be taken once. Take it now?", cancel);
    }
}
