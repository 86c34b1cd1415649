using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>The acts that change nothing; of the master all the same, since a replica may be behind.</summary>
internal sealed class RedisReads(RedisConnection redis, RedisKeys keys, ShareOptions options)
{
    public async Task<Preview> PreviewAsync(ShareId id, Verifier link, Verifier? claimToken)
    {
        var share = new RedisReply(await redis.RunAsync(
            RedisScripts.Preview,
            keys.ShareAndContent(id),
            link.ToArray(),
            claimToken?.ToArray() ?? [],
            options.MaxPassphraseAttempts));
        return share.Outcome switch
        {
            "not found" => new Preview(PreviewOutcome.NotFound),
            "ended" => new Preview(PreviewOutcome.Ended, share.Ending(1)),
            "found" => Found(share),
            var other => throw RedisReply.NoOutcome("preview", other),
        };
    }

    public async Task<Delivery> DeliverAsync(ShareId id, Verifier claimToken)
    {
        var share = new RedisReply(await redis.RunAsync(
            RedisScripts.Deliver, keys.ShareAndContent(id), claimToken.ToArray()));
        return share.Outcome switch
        {
            "not found" => new Delivery(DeliveryOutcome.NotFound),
            "ended" => new Delivery(DeliveryOutcome.Ended, share.Ending(1)),
            "claimed" => new Delivery(
                DeliveryOutcome.Claimed,
                ClaimedAt: share.Time(1),
                LeaseUntil: share.Time(2),
                Content: new ClaimedContent(id, share.Number(3), share.Flag(4) ? null : share.Content(5))),
            var other => throw RedisReply.NoOutcome("deliver", other),
        };
    }

    public async Task<Receipt?> ReadReceiptAsync(ShareId id, Verifier receiptToken)
    {
        var share = new RedisReply(await redis.RunAsync(
            RedisScripts.Receipt, [keys.Share(id)], receiptToken.ToArray()));
        if (share.IsNil)
            return null;
        return Receipt.Of(
            share.State(0), at: share.Time(1), createdAt: share.Time(2), expiresAt: share.Time(3),
            claimedAt: share.TimeOrNull(4), failedAttempts: (int)share.Number(5), options.MaxPassphraseAttempts);
    }

    public async Task<IReadOnlyList<ShareId>> FindOrphansAsync(IReadOnlyList<ShareId> ids)
    {
        var held = await Task.WhenAll(ids.Select(id => redis.RunAsync(RedisScripts.Holds, keys.All(id))));
        return [.. ids.Where((_, number) => (long)held[number] == 0)];
    }

    private static Preview Found(RedisReply share)
    {
        if (EnvelopeHeader.Read(share.Content(2), out var header) is not null)
            throw new StoreUnavailableException("Redis has a live share with a damaged header.");
        return new Preview(
            PreviewOutcome.Found,
            Header: header,
            Size: share.Number(3),
            ExpiresAt: share.Time(4),
            Locked: share.Flag(5),
            Claimed: share.State(1) is ShareState.Claimed);
    }
}
