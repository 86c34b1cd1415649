using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// A second gate to claims, for a store that may forget what it has acknowledged: whoever creates a share's mark has
/// taken it, and nobody else can. A mark is whole or absent, and durable before this answers.
/// </summary>
/// <remarks>
/// A mark is needed for as long as the store could take its share for a pending one, or the claimant may repeat the
/// claim: until the later of when the share expires and when the lease ends. The store knows, and takes it away then;
/// what <see cref="ListAsync"/> finds that the store does not know at all was left by one that died.
/// </remarks>
/// <exception cref="StoreUnavailableException">
/// From every act: the gate does not answer. A mark may have been created; repeating the act tells.
/// </exception>
/// <exception cref="StorageFullException">From marking: there is no room.</exception>
internal interface IClaimGate
{
    /// <summary>Creates the mark of a share that has none.</summary>
    /// <returns>Null where this call created it, else the one that was there before.</returns>
    ValueTask<ClaimMark?> MarkAsync(ShareId id, ClaimMark mark, CancellationToken cancellationToken);

    /// <summary>No error where there is none.</summary>
    ValueTask UnmarkAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>The shares whose marks were created before <paramref name="before"/>.</summary>
    IAsyncEnumerable<ShareId> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// What tells this gate from every other, and is the same for all that pass it; made at random where there is none.
    /// </summary>
    /// <returns>Null where there is none and none is to be made.</returns>
    ValueTask<Guid?> IdentifyAsync(bool make, CancellationToken cancellationToken);

    /// <summary>Marks for real, twice; throws where that fails, or where the second one got through.</summary>
    async Task CheckAsync(CancellationToken cancellationToken)
    {
        var id = ShareId.Create();
        var first = ClaimMark.Claimed(Verifier.Of(id.ToArray()), DateTimeOffset.UnixEpoch);
        try
        {
            if (await MarkAsync(id, first, cancellationToken) is not null
                || await MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), cancellationToken) != first)
            {
                throw new StoreUnavailableException("The blob store lets a claim mark be created twice, so that two "
                    + "readers could win: use one that refuses to (on S3, one that honours If-None-Match).");
            }
        }
        finally
        {
            await UnmarkAsync(id, CancellationToken.None);
        }
    }
}
