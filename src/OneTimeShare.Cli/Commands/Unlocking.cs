using OneTimeShare.Cli.Taking;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary>Looks into a share; who mistypes a passphrase is asked again.</summary>
internal static class Unlocking
{
    public static async Task<SharePreview> PreviewAsync(
        OneTimeShareClient client, ShareLink link, CancellationToken cancel)
    {
        if ((await client.PreviewAsync(link, cancel)).Is(out var preview, out var refusal))
            return preview;
        // Most likely it was this person, and what was begun was interrupted.
        throw refusal is { Kind: RefusalKind.Gone, State: ShareState.Claimed } && KeptClaim.IsThere(link.Id)
            ? new ComplaintException(ExitCode.Gone, "it has been taken, and this machine has a claim of its own",
                "ots get goes on with that, or says that it was somebody else who took it")
            : Refusals.Complain(refusal);
    }

    /// <returns>The keys are the caller's to dispose.</returns>
    public static async Task<(ShareKeys Keys, UnlockedShare Share)> UnlockAsync(
        OneTimeShareClient client, ShareLink link, SharePreview preview, Passphrase? given, CancellationToken cancel)
    {
        bool mayAsk = preview.NeedsPassphrase && given is null;
        while (true)
        {
            using var asked = mayAsk ? PassphraseOptions.AskToOpen(cancel) : null;
            var keys = ShareKeys.Derive(link, preview.Header, given ?? asked);
            if ((await client.UnlockAsync(keys, cancel)).Is(out var share, out var refusal))
                return (keys, share);
            keys.Dispose();
            var complaint = Refusals.Complain(refusal);
            if (!mayAsk || refusal is not { Kind: RefusalKind.WrongPassphrase, AttemptsLeft: > 0 })
                throw complaint;
            Screen.Error(complaint.Message);
            Screen.Hint(complaint.Hint!);
        }
    }
}
