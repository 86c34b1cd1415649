using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>A share as its server's operator sees it: without name, content, and a way to them.</summary>
/// <param name="Id">What is in its address; of no use without the link key.</param>
/// <param name="State">As of now.</param>
/// <param name="At">When it was claimed, while claimed; when it ended; while pending, when its time runs out.</param>
/// <param name="Size">The length of its records.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="ExpiresAt">When its timer runs out, or ran out.</param>
/// <param name="FailedAttempts">Wrong passphrases since the start, or since the sender allowed more.</param>
/// <param name="Receipt">The hash of its sender's token, by which it can be burned.</param>
internal sealed record ListedShare(
    ShareId Id,
    ShareState State,
    DateTimeOffset At,
    long Size,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    int FailedAttempts,
    Verifier Receipt);

/// <summary>A few of all shares, and from where to go on.</summary>
/// <param name="Shares">May be fewer than were asked for, though there are more.</param>
/// <param name="Next">Null where there are no more.</param>
internal sealed record SharePage(IReadOnlyList<ListedShare> Shares, long? Next);

/// <summary>What a store tells its operator. It changes nothing, and costs what it answers, not what exists.</summary>
/// <exception cref="StoreUnavailableException">From every act: the store does not answer.</exception>
internal interface IOperatorStore
{
    /// <summary>Every share that there is a record of is on one of the pages, in an order of the store's.</summary>
    /// <param name="from">Null to begin; then what the page before had as its next.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">When nobody waits for it any more.</param>
    Task<SharePage> ListAsync(long? from, int limit, CancellationToken cancellationToken);

    /// <summary>Null where there is no record of it.</summary>
    Task<ListedShare?> FindAsync(ShareId id, CancellationToken cancellationToken);

    Task<CountedShares> ReadCountsAsync(CancellationToken cancellationToken);
}
