using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Taking;

/// <summary>
/// From the claim to the acknowledgement. What may be gone on with is kept, whatever ends this process; what may not
/// is forgotten, and leaves nothing behind.
/// </summary>
internal sealed class Take(Screen screen, OneTimeShareClient client, ShareKeys keys, KeptClaim kept)
{
    public async Task<ClaimedShare> ClaimAsync(IDestination? destination, CancellationToken cancel)
    {
        if ((await client.ClaimAsync(keys, kept.Token, cancel)).Is(out var share, out var refusal))
            return share;
        // The claimant's own claim is not asked for a passphrase again; a wrong one only fails to open.
        if (refusal.Kind == RefusalKind.DoesNotOpen && kept.Header.Kdf != Kdf.None)
            throw Refusals.WrongPassphrase(null);
        Forget(refusal, destination);
        throw Refusals.Complain(refusal);
    }

    public async Task FinishAsync(ClaimedShare share, IDestination destination, long from, CancellationToken cancel)
    {
        try
        {
            using (var bar = new ProgressBar(screen, "taking", TimeProvider.System))
            {
                var saving = new Saving(bar, destination, kept, from);
                if (await client.DeliverAsync(keys, share, destination.OpenAsync, from, saving, cancel) is { } refusal)
                {
                    Forget(refusal, destination);
                    throw Refusals.Complain(refusal);
                }
            }
            destination.Commit();
        }
        catch (Exception failure) when (IsToBeGoneOnWith(failure))
        {
            string hint = $"nothing is lost: the same command goes on, until {Amounts.Time(share.LeaseUntil)}";
            if (failure is ComplaintException complaint)
                throw new ComplaintException(complaint.Code, complaint.Message, complaint.Hint ?? hint);
            Screen.Hint(hint);
            throw;
        }
        if (destination is FolderDestination folder)
        {
            foreach (string path in folder.Paths)
                screen.Say($"saved {Printable.Line(path)}");
        }
        await AcknowledgeAsync(cancel);
    }

    // All is there: whatever comes now, this person has it.
    private async Task AcknowledgeAsync(CancellationToken cancel)
    {
        bool isTold = false;
        try
        {
            isTold = await client.AcknowledgeAsync(keys, kept.Token, cancel) is null;
        }
        catch (OperationCanceledException)
        {
            // Tired of waiting for a server that is away.
        }
        if (!isTold)
            Screen.Warning("all has arrived, but the server could not be told so: the sender sees it as unconfirmed");
        kept.Forget();
    }

    private void Forget(Refusal refusal, IDestination? destination)
    {
        if (refusal.Kind is RefusalKind.NoAnswer or RefusalKind.Unavailable or RefusalKind.RateLimited
            or RefusalKind.NotTrusted or RefusalKind.Unexpected)
            return;
        destination?.Discard();
        if (kept.Folder is not null)
            FolderDestination.Discard(kept.Folder, kept.Mark);
        kept.Forget();
    }

    private static bool IsToBeGoneOnWith(Exception failure) => failure is OperationCanceledException or IOException
        or UnauthorizedAccessException or ComplaintException { Code: ExitCode.Network or ExitCode.Failure, Hint: null };

    /// <summary>Writes down now and then how much is on the disk.</summary>
    private sealed class Saving(ProgressBar bar, IDestination destination, KeptClaim kept, long from)
        : IProgress<TransferProgress>
    {
        private const long Step = 64 * 1024 * 1024;
        private long _saved = from;

        public void Report(TransferProgress value)
        {
            bar.Report(value);
            if (destination.Folder is null || value.Bytes - _saved < Step)
                return;
            destination.Flush();
            kept.Save(value.Bytes);
            _saved = value.Bytes;
        }
    }
}
