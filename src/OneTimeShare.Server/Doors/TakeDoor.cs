using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// Opens for somebody without a program of ours: checks all that can be checked, claims, and opens as it sends. The
/// key lives as long as the request.
/// </summary>
internal sealed partial class TakeDoor(
    IShareStore store, IBlobStore blobs, Argon2Gate argon2, TimeProvider time, ILogger<TakeDoor> logger)
{
    public const string ClaimTokenHeader = "Claim-Token";

    public static async Task<IResult> HandleAsync(string id, HttpContext context, TakeDoor door)
    {
        if (!ShareId.TryParse(id, out var shareId))
            return Problems.NotFound;
        var (form, problem) = await FormBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!LinkKey.TryParse(form!.FragmentIn("key"), out var linkKey))
            return Problems.NotFound;
        using (linkKey)
        {
            if (!Passphrase.TryParse(form["passphrase"], out var passphrase))
                return Problems.MalformedPassphrase;
            using (passphrase)
            {
                ClaimToken? token = null;
                if (form["claim_token"] is { Length: > 0 } text)
                {
                    if (!ClaimToken.TryParse(text, out var own))
                        return Problems.BadRequest;
                    token = own;
                }
                return await door.TakeAsync(new Attempt(shareId, linkKey, passphrase, token), context);
            }
        }
    }

    private async Task<IResult> TakeAsync(Attempt attempt, HttpContext context)
    {
        var link = KeySchedule.LinkProof(attempt.LinkKey).Verifier;
        var preview = await store.PreviewAsync(attempt.Id, link, attempt.Token?.Verifier, context.RequestAborted);
        return preview.Outcome switch
        {
            PreviewOutcome.NotFound => Problems.NotFound,
            PreviewOutcome.Ended => Problem.For(preview.Ending),
            PreviewOutcome.Found when preview.Locked => Problems.Locked,
            PreviewOutcome.Found => await UnlockAsync(attempt, link, preview, context),
        };
    }

    private async Task<IResult> UnlockAsync(Attempt attempt, Verifier link, Preview preview, HttpContext context)
    {
        bool needed = preview.Header!.Kdf != Kdf.None;
        if (needed && attempt.Passphrase is null)
            return Problems.PassphraseRequired;
        // Only here, behind the link proof: Argon2id is what a stranger must not make the server do.
        var keys = await argon2.DeriveAsync(
            attempt.LinkKey, preview.Header, needed ? attempt.Passphrase : null, context.RequestAborted);
        if (keys is null)
            return Problems.Busy;

        IResult? result = null;
        try
        {
            var shown = new Shown(link, keys.ClaimProof.Verifier, attempt.Token?.Verifier);
            var unlock = await store.UnlockAsync(attempt.Id, shown, context.RequestAborted);
            return result = Problem.For(unlock.Check)
                ?? await ClaimAsync(attempt, shown, keys, unlock, preview.Claimed, context);
        }
        finally
        {
            if (result is not OpenedShare)
                keys.Dispose();
        }
    }

    private async Task<IResult> ClaimAsync(
        Attempt attempt, Shown shown, KeySchedule keys, Unlock unlock, bool again, HttpContext context)
    {
        if (unlock.Manifest!.Open(keys, unlock.Size, out var manifest) is not null)
        {
            // What this claimant took had opened before: then it is the passphrase that is wrong now.
            return again ? Problem.WrongPassphraseAgain : Problems.MalformedManifest;
        }
        var token = attempt.Token ?? ClaimToken.Create();
        shown = shown with { ClaimToken = token.Verifier };
        // Said before it is taken, and even with an error: whoever may have taken it must be able to come again.
        if (attempt.Token is null)
            context.Response.Headers[ClaimTokenHeader] = token.ToText();
        var claim = await store.ClaimAsync(attempt.Id, shown, context.RequestAborted);
        if (Problem.For(claim.Check) is { } problem)
        {
            context.Response.Headers.Remove(ClaimTokenHeader);
            return problem;
        }
        return await OpenAsync();

        async Task<IResult> OpenAsync()
        {
            try
            {
                var records = await claim.Content!.OpenAsync(blobs, 0, claim.Content.Size, context.RequestAborted);
                return records is null
                    ? Problem.Lost(claim.ClaimedAt)
                    : new OpenedShare(claim, token, manifest!, keys, records, store, time);
            }
            catch (StoreUnavailableException failure)
            {
                LogUnreadable(failure.Message);
                return Problems.TakenUnavailable;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "What was just taken cannot be read: {Reason}")]
    private partial void LogUnreadable(string reason);

    private sealed record Attempt(ShareId Id, LinkKey LinkKey, Passphrase? Passphrase, ClaimToken? Token);
}
