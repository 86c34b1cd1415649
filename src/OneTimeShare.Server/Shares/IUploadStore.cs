using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Keeps how far unfinished uploads have got: beside the shares, with the same promises. An upload that has been silent
/// for <see cref="ShareOptions.UploadIdle"/>, or is <see cref="ShareOptions.UploadAge"/> old, is not found any more,
/// and the sweeper frees what it held; no record of it stays.
/// </summary>
/// <exception cref="StoreUnavailableException">From every act: the store does not answer.</exception>
/// <exception cref="StorageFullException">From every act that writes: there is no room. Nothing was done.</exception>
internal interface IUploadStore
{
    /// <summary>Reserves room for all of it, where its network has not too many already.</summary>
    Task<BegunUpload> BeginUploadAsync(NewUpload upload, CancellationToken cancellationToken);

    /// <summary>Null where there is none, or the token is another's. Finds a share that was an upload, too.</summary>
    Task<FoundUpload?> FindUploadAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken);

    /// <summary>
    /// Makes the caller its one writer, at once, whoever else was: where its offset is what the caller thinks.
    /// </summary>
    Task<TakenUpload> TakeUploadAsync(
        ShareId id, Verifier receiptToken, long offset, CancellationToken cancellationToken);

    /// <summary>What is before <paramref name="offset"/> is durable: in these two, and in the blob.</summary>
    /// <returns>Until when it may be silent; null and nothing done where somebody else writes it now.</returns>
    Task<DateTimeOffset?> AdvanceUploadAsync(
        ShareId id, long writer, long offset, byte[] head, byte[] tail, CancellationToken cancellationToken);

    /// <summary>The upload is a share from now on; what it had reserved and does not need is free.</summary>
    /// <returns>When the share expires; null and nothing done where somebody else writes it now.</returns>
    Task<DateTimeOffset?> PublishUploadAsync(long writer, NewShare share, CancellationToken cancellationToken);

    /// <summary>
    /// Gives it up: by its sender, or, with a <paramref name="writer"/>, by that one as long as nobody has come after.
    /// Its blob is the caller's to delete (and the sweeper's, should the caller not get to it).
    /// </summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> EndUploadAsync(
        ShareId id, Verifier receiptToken, long? writer, CancellationToken cancellationToken);
}
