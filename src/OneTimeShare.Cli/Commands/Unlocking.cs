using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary>Looks into a share; who mistypes a passphrase is asked again.</summary>
internal static class Unlocking
{
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
