using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Where a share is in its life. Expired and unconfirmed follow from the times; nobody has to write them.
/// </summary>
internal enum ShareState
{
    Pending,
    Claimed,
    Delivered,
    Unconfirmed,
    Expired,
    Burned,
}

internal static class ShareStateNames
{
    /// <summary>As the API spells it.</summary>
    public static string ToName(this ShareState state) => state switch
    {
        ShareState.Pending => "pending",
        ShareState.Claimed => "claimed",
        ShareState.Delivered => "delivered",
        ShareState.Unconfirmed => "unconfirmed",
        ShareState.Expired => "expired",
        ShareState.Burned => "burned",
    };
}

/// <summary>A share about to be published: all that the server keeps about one secret.</summary>
/// <param name="Id">Of the server's making.</param>
/// <param name="Header">The envelope's.</param>
/// <param name="Footer">The envelope's: the sealed manifest and the verifiers.</param>
/// <param name="ReceiptVerifier">Of the sender's receipt token.</param>
/// <param name="Lifetime">Counted from publication.</param>
/// <param name="Size">The length of the sealed records, in bytes.</param>
/// <param name="Records">The records where there is only one; null where they are in a blob.</param>
internal sealed record NewShare(
    ShareId Id,
    EnvelopeHeader Header,
    EnvelopeFooter Footer,
    Verifier ReceiptVerifier,
    TimeSpan Lifetime,
    long Size,
    byte[]? Records);

/// <summary>What somebody shows to get at a share, as the store compares it.</summary>
/// <param name="Link">Of the link proof.</param>
/// <param name="Claim">Of the claim proof.</param>
/// <param name="ClaimToken">Of the claimant's token; null to ask without one (unlock).</param>
internal readonly record struct Shown(Verifier Link, Verifier Claim, Verifier? ClaimToken);

/// <summary>How the one atomic check ended. In this order: the first that applies is the answer.</summary>
internal enum CheckOutcome
{
    /// <summary>No such share, or the link proof is another's: nothing was counted.</summary>
    NotFound,

    /// <summary>Not pending any more, and not claimed with this token: see <see cref="Ending"/>.</summary>
    Ended,

    /// <summary>Too many wrong passphrases: the sender may allow more.</summary>
    Locked,

    /// <summary>The claim proof is wrong: it was counted in the same step.</summary>
    WrongClaimProof,

    /// <summary>All holds, or it had been claimed with this token before and the lease is not over.</summary>
    Passed,
}

/// <summary>How a share ended, or that it is claimed by somebody else.</summary>
/// <param name="State">Anything but pending.</param>
/// <param name="At">When it was claimed, while claimed; else when it ended.</param>
internal readonly record struct Ending(ShareState State, DateTimeOffset At);

internal enum PreviewOutcome
{
    /// <summary>No such share, or the link proof is another's.</summary>
    NotFound,
    Ended,
    Found,
}

/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="Header">Where it was found.</param>
/// <param name="Size">The length of the records, where it was found.</param>
/// <param name="ExpiresAt">Where it was found.</param>
/// <param name="Locked">Where it was found: too many wrong passphrases.</param>
/// <param name="Claimed">Where it was found: claimed with the token that was shown.</param>
internal sealed record Preview(
    PreviewOutcome Outcome,
    Ending Ending = default,
    EnvelopeHeader? Header = null,
    long Size = 0,
    DateTimeOffset ExpiresAt = default,
    bool Locked = false,
    bool Claimed = false);

/// <summary>The answer of the one atomic check.</summary>
/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="AttemptsLeft">Where the claim proof was wrong.</param>
internal readonly record struct Check(CheckOutcome Outcome, Ending Ending = default, int AttemptsLeft = 0);

/// <param name="Check">Whether the others are there.</param>
/// <param name="Manifest">Where it passed.</param>
/// <param name="Size">The length of the records, where it passed.</param>
/// <param name="ExpiresAt">Where it passed.</param>
internal sealed record Unlock(
    Check Check,
    SealedManifest? Manifest = null,
    long Size = 0,
    DateTimeOffset ExpiresAt = default);

/// <param name="Check">Whether the others are there.</param>
/// <param name="Manifest">Where it passed.</param>
/// <param name="ClaimedAt">Where it passed: now, or when it was claimed with this token before.</param>
/// <param name="LeaseUntil">Where it passed.</param>
/// <param name="Content">Where it passed.</param>
internal sealed record Claim(
    Check Check,
    SealedManifest? Manifest = null,
    DateTimeOffset ClaimedAt = default,
    DateTimeOffset LeaseUntil = default,
    ClaimedContent? Content = null);

/// <summary>The way to a claimed share's records: only a store makes one, and only for the claimant.</summary>
/// <param name="Id">The share.</param>
/// <param name="Size">The length of the records, in bytes.</param>
/// <param name="Records">The records where there is only one; null where they are in the share's blob.</param>
internal sealed record ClaimedContent(ShareId Id, long Size, byte[]? Records)
{
    /// <summary>A stream of these bytes of the records; null where the blob is lost.</summary>
    public async Task<Stream?> OpenAsync(
        IBlobStore blobs, long offset, long length, CancellationToken cancellationToken) => Records is null
            ? await blobs.OpenAsync(Id, EnvelopeHeader.Length + offset, length, cancellationToken)
            : new MemoryStream(Records, (int)offset, (int)length, writable: false);
}

internal enum DeliveryOutcome
{
    /// <summary>No such share, or it was not claimed with this token.</summary>
    NotFound,

    /// <summary>It was claimed with this token, and has ended since.</summary>
    Ended,
    Claimed,
}

/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="ClaimedAt">While it is claimed.</param>
/// <param name="LeaseUntil">While it is claimed.</param>
/// <param name="Content">While it is claimed.</param>
internal sealed record Delivery(
    DeliveryOutcome Outcome,
    Ending Ending = default,
    DateTimeOffset ClaimedAt = default,
    DateTimeOffset LeaseUntil = default,
    ClaimedContent? Content = null);

internal enum EndOutcome
{
    /// <summary>No such share, or the token is neither its claim token nor its receipt token.</summary>
    NotFound,

    /// <summary>It has ended, now or before: the first end stands.</summary>
    Ended,
}

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
    int FailedAttempts);
