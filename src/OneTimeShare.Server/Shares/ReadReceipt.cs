using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal sealed record ReceiptResponse(
    string State,
    bool Locked,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? EndedAt,
    int FailedAttempts);

/// <summary>What the sender sees.</summary>
/// <param name="State">As of now.</param>
/// <param name="Locked">Pending, with too many wrong passphrases.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="ExpiresAt">When its timer runs out, or ran out.</param>
/// <param name="ClaimedAt">When it was taken; null where it was not.</param>
/// <param name="EndedAt">When it ended; null while pending or claimed.</param>
/// <param name="FailedAttempts">Wrong passphrases since the start, or since the sender allowed more.</param>
internal sealed record Receipt(
    ShareState State,
    bool Locked,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? EndedAt,
    int FailedAttempts)
{
    /// <summary>As a store has it.</summary>
    /// <param name="state">As of now.</param>
    /// <param name="at">When it was claimed, while it is claimed; else when it ended, or will.</param>
    /// <param name="createdAt">When it was published.</param>
    /// <param name="expiresAt">When its timer runs out, or ran out.</param>
    /// <param name="claimedAt">When it was taken; null where it was not.</param>
    /// <param name="failedAttempts">Wrong passphrases.</param>
    /// <param name="maxAttempts">How many of them lock a share.</param>
    public static Receipt Of(
        ShareState state, DateTimeOffset at, DateTimeOffset createdAt, DateTimeOffset expiresAt,
        DateTimeOffset? claimedAt, int failedAttempts, int maxAttempts) => new(
            state,
            Locked: state is ShareState.Pending && failedAttempts >= maxAttempts,
            createdAt,
            expiresAt,
            claimedAt,
            EndedAt: state is ShareState.Pending or ShareState.Claimed ? null : at,
            failedAttempts);
}

/// <summary>Tells the sender what has become of a share.</summary>
internal static class ReadReceipt
{
    public static async Task<Results<Ok<ReceiptResponse>, Problem>> HandleAsync(
        string id, HttpRequest request, IShareStore store)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(request.Bearer(), out var token)
            || await store.ReadReceiptAsync(shareId, token.Verifier, aborted) is not { } receipt)
            return Problems.NotFound;
        return TypedResults.Ok(new ReceiptResponse(
            receipt.State.ToName(),
            receipt.Locked,
            receipt.CreatedAt,
            receipt.ExpiresAt,
            receipt.ClaimedAt,
            receipt.EndedAt,
            receipt.FailedAttempts));
    }
}
