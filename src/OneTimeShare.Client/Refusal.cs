using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>Why there is no answer of the kind that was asked for.</summary>
public enum RefusalKind
{
    /// <summary>No such share, or not for who asks: the proof or the token is another's.</summary>
    NotFound,

    /// <summary>It has ended, or somebody has it: <see cref="Refusal.State"/>, <see cref="Refusal.At"/>.</summary>
    Gone,

    /// <summary>The server no longer has what was in it.</summary>
    Lost,

    /// <summary>Counted: <see cref="Refusal.AttemptsLeft"/>.</summary>
    WrongPassphrase,

    /// <summary>Too many wrong passphrases, until the sender allows more.</summary>
    Locked,

    /// <summary>What the sender sealed does not open: <see cref="Refusal.Failure"/>.</summary>
    DoesNotOpen,

    /// <summary>Creating needs a token, and this is not it.</summary>
    CreateToken,

    /// <summary>More than the server takes.</summary>
    TooLarge,

    /// <summary>A lifetime that the server does not allow.</summary>
    Lifetime,

    /// <summary>The server has no room left.</summary>
    StorageFull,

    /// <summary>This network has too many uploads under way.</summary>
    TooManyUploads,

    /// <summary>More or longer names than a manifest holds: nothing was sent.</summary>
    ManifestTooLarge,

    /// <summary>A file is not as long as was said: it was changed while it was read. Nothing was shared.</summary>
    FileChanged,

    /// <summary>The server has forgotten the upload, which was silent for too long.</summary>
    UploadForgotten,

    /// <summary>Too many requests: come again after <see cref="Refusal.RetryAfter"/>.</summary>
    RateLimited,

    /// <summary>The server, or a proxy before it, cannot answer now: <see cref="Refusal.RetryAfter"/>.</summary>
    Unavailable,

    /// <summary>No answer, or not all: <see cref="Refusal.Network"/>. It may have been carried out.</summary>
    NoAnswer,

    /// <summary>No trusted connection: the certificate is not valid, or for another server; or no TLS.</summary>
    NotTrusted,

    /// <summary>An answer that this version does not know: <see cref="Refusal.Status"/>. Another server?</summary>
    Unexpected,
}

/// <summary>How a share has ended; and claimed, when somebody has it and may be fetching still.</summary>
public enum ShareState
{
    /// <summary>It waits for its reader.</summary>
    Pending,

    /// <summary>Somebody has taken it.</summary>
    Claimed,

    /// <summary>Somebody has taken it, and said that all of it arrived.</summary>
    Delivered,

    /// <summary>Somebody has taken it, and never said that all of it arrived.</summary>
    Unconfirmed,

    /// <summary>Nobody took it in time.</summary>
    Expired,

    /// <summary>The sender took it back.</summary>
    Burned,
}

/// <summary>Why not, with what there is to know about it. What a kind does not name is null.</summary>
/// <param name="Kind">What to switch over.</param>
public sealed record Refusal(RefusalKind Kind)
{
    /// <summary>What has become of a share that is gone.</summary>
    public ShareState? State { get; init; }

    /// <summary>When it was claimed, while claimed; else when it ended.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How many more passphrases may be tried.</summary>
    public int? AttemptsLeft { get; init; }

    /// <summary>How long to wait before asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The HTTP status of an answer that was not expected.</summary>
    public int? Status { get; init; }

    /// <summary>Where the network broke.</summary>
    public HttpRequestError? Network { get; init; }

    /// <summary>Why an envelope does not open.</summary>
    public EnvelopeFailure? Failure { get; init; }

    /// <summary>Whether the same request again may be the answer to it.</summary>
    internal bool Passes => Kind is RefusalKind.NoAnswer or RefusalKind.Unavailable or RefusalKind.RateLimited;
}
