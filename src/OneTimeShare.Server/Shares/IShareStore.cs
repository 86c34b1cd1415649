using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Keeps shares. Each act is one atomic step of the store itself, whatever other processes use the same store, and
/// what it answers is durable before it answers. Time is the store's.
/// </summary>
/// <exception cref="StoreUnavailableException">
/// From every act: the store does not answer. Nothing is known to have been done; the act may be repeated.
/// </exception>
/// <exception cref="StorageFullException">From every act that writes: there is no room. Nothing was done.</exception>
internal interface IShareStore
{
    /// <summary>
    /// The share is pending from now on; null and nothing done where it does not fit
    /// <see cref="ShareOptions.MaxStorage"/>.
    /// </summary>
    /// <returns>When it expires.</returns>
    Task<DateTimeOffset?> PublishAsync(NewShare share, CancellationToken cancellationToken);

    /// <summary>
    /// Finds a share that is pending, or claimed with this very token and the lease not over; changes nothing.
    /// </summary>
    Task<Preview> PreviewAsync(ShareId id, Verifier link, Verifier? claimToken, CancellationToken cancellationToken);

    /// <summary>
    /// The atomic check without taking; with a claim token, also for a share that was taken with it and the lease not
    /// over. A wrong claim proof is counted; nothing else changes.
    /// </summary>
    Task<Unlock> UnlockAsync(ShareId id, Shown shown, CancellationToken cancellationToken);

    /// <summary>
    /// The atomic check, and the claim in the same step: of all claims of a share, one wins, and repeating it with its
    /// token gives the same answer until the lease ends.
    /// </summary>
    Task<Claim> ClaimAsync(ShareId id, Shown shown, CancellationToken cancellationToken);

    /// <summary>The way to the content for whoever has claimed it; changes nothing.</summary>
    Task<Delivery> DeliverAsync(ShareId id, Verifier claimToken, CancellationToken cancellationToken);

    /// <summary>
    /// A claimed share's lease ends at the earlier of what it was and now + <paramref name="lease"/>.
    /// </summary>
    Task ShortenLeaseAsync(ShareId id, Verifier claimToken, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a share: delivered by its claim token, burned by its receipt token. Its records and manifest are gone from
    /// the row with this step; its blob is the caller's to delete (and the sweeper's, should the caller not get to it).
    /// </summary>
    Task<EndOutcome> EndAsync(ShareId id, Verifier token, CancellationToken cancellationToken);

    /// <summary>Null where there is no such share or the token is another's.</summary>
    Task<Receipt?> ReadReceiptAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken);

    /// <summary>
    /// Sets the failed attempts to 0, in any state; false as <see cref="ReadReceiptAsync"/> has null.
    /// </summary>
    Task<bool> AllowAttemptsAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken);

    /// <summary>
    /// Frees what ended shares and uploads still hold, forgets those whose history is over, and answers the ids whose
    /// blobs are to be deleted; at most a few hundred at a time, empty when there is nothing left to do. It costs what
    /// has ended, not what exists. An id is answered again until <see cref="FreedAsync"/> has been told.
    /// </summary>
    Task<IReadOnlyList<ShareId>> SweepAsync(CancellationToken cancellationToken);

    /// <summary>The blobs of these shares are deleted.</summary>
    Task FreedAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken);

    /// <summary>Lets nothing of what has ended remain in logs or journals; called when a sweep is done.</summary>
    Task ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Of these blobs, those that no live share and no upload holds.</summary>
    Task<IReadOnlyList<ShareId>> FindOrphansAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken);

    /// <summary>The bytes that live shares hold and uploads have reserved.</summary>
    Task<long> ReadStorageUsedAsync(CancellationToken cancellationToken);

    /// <summary>Writes and reads for real; throws where that fails.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
