using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>An envelope that is going to arrive in pieces.</summary>
/// <param name="Id">The share's, once it is one.</param>
/// <param name="ReceiptVerifier">Of the sender's receipt token.</param>
/// <param name="Length">Of the whole envelope, in bytes: reserved from now on.</param>
/// <param name="Lifetime">Counted from publication.</param>
/// <param name="Network">The hash of the network that it comes from, to count them by.</param>
internal sealed record NewUpload(
    ShareId Id, Verifier ReceiptVerifier, long Length, TimeSpan Lifetime, Verifier Network);

internal enum BeginOutcome
{
    Begun,

    /// <summary>This network has as many unfinished ones as it may.</summary>
    TooMany,

    /// <summary>Its length does not fit <see cref="ShareOptions.MaxStorage"/>.</summary>
    StorageFull,
}

/// <param name="Outcome">How it went; nothing was done unless it begun.</param>
/// <param name="ExpiresAt">Until when it may be silent, where it has begun.</param>
internal readonly record struct BegunUpload(BeginOutcome Outcome, DateTimeOffset ExpiresAt = default);

/// <param name="Offset">How much is there; all of it once it is published, and never all of it before.</param>
/// <param name="Length">Of the whole envelope.</param>
/// <param name="ExpiresAt">Until when it may be silent; null once it is published.</param>
internal sealed record FoundUpload(long Offset, long Length, DateTimeOffset? ExpiresAt);

internal enum TakeOutcome
{
    /// <summary>No such upload, the receipt token is another's, or it is published.</summary>
    NotFound,

    /// <summary>Another writer has got further, or not as far.</summary>
    OffsetDiffers,

    /// <summary>From now on only this writer's bytes count.</summary>
    Taken,
}

/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Writer">Which writer this is: none before it can advance or publish any more.</param>
/// <param name="Length">Of the whole envelope.</param>
/// <param name="Lifetime">Counted from publication.</param>
/// <param name="Head">As much as there is of the envelope's header.</param>
/// <param name="Tail">As much as there is of what no blob gets before all of it is there.</param>
internal sealed record TakenUpload(
    TakeOutcome Outcome,
    long Writer = 0,
    long Length = 0,
    TimeSpan Lifetime = default,
    byte[]? Head = null,
    byte[]? Tail = null);
