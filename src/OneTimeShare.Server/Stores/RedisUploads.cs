using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>Unfinished uploads. One that has ended is in the ledger still, until its blob is deleted.</summary>
internal sealed class RedisUploads(
    RedisConnection redis, RedisKeys keys, RedisLedger ledger, RedisPublishing publishing, RedisScrub scrub,
    ShareOptions options)
{
    private readonly long _idle = (long)options.UploadIdle.TotalMilliseconds;
    private readonly long _age = (long)options.UploadAge.TotalMilliseconds;

    public async Task<BegunUpload> BeginAsync(NewUpload upload)
    {
        var outcome = await ledger.ReserveAsync(upload);
        if (outcome != BeginOutcome.Begun)
            return new BegunUpload(outcome);
        var begun = await redis.RunAsync(
            RedisScripts.BeginUpload,
            [keys.Upload(upload.Id)],
            upload.ReceiptVerifier.ToArray(),
            upload.Network.ToArray(),
            upload.Length,
            (long)upload.Lifetime.TotalMilliseconds,
            _idle,
            _age);
        if (begun.IsNull)
            throw new StoreUnavailableException("Redis has an upload of this id already.");
        var sweepAt = DateTimeOffset.FromUnixTimeMilliseconds((long)begun);
        ledger.Schedule(upload.Id, sweepAt);
        return new BegunUpload(BeginOutcome.Begun, sweepAt);
    }

    public async Task<FoundUpload?> FindAsync(ShareId id, Verifier receiptToken)
    {
        var found = new RedisReply(await redis.RunAsync(
            RedisScripts.FindUpload, [keys.Share(id), keys.Upload(id)], receiptToken.ToArray()));
        return found.IsNil ? null : new FoundUpload(found.Number(0), found.Number(1), found.TimeOrNull(2));
    }

    public async Task<TakenUpload> TakeAsync(ShareId id, Verifier receiptToken, long offset)
    {
        var taken = new RedisReply(await redis.RunAsync(
            RedisScripts.TakeUpload, [keys.Upload(id)], receiptToken.ToArray(), offset));
        return taken.Outcome switch
        {
            "not found" => new TakenUpload(TakeOutcome.NotFound),
            "offset differs" => new TakenUpload(TakeOutcome.OffsetDiffers),
            "taken" => new TakenUpload(
                TakeOutcome.Taken,
                Writer: taken.Number(1),
                Length: taken.Number(2),
                Lifetime: TimeSpan.FromMilliseconds(taken.Number(3)),
                Head: taken.Content(4),
                Tail: taken.Content(5)),
            var other => throw RedisReply.NoOutcome("take-upload", other),
        };
    }

    public async Task<DateTimeOffset?> AdvanceAsync(ShareId id, long writer, long offset, byte[] head, byte[] tail)
    {
        var advanced = new RedisReply(await redis.RunAsync(
            RedisScripts.AdvanceUpload, [keys.Upload(id)], writer, offset, head, tail, _idle));
        if (advanced.IsNil)
            return null;
        var sweepAt = advanced.Time(0);
        ledger.SetNetwork(id, new Verifier(advanced.Content(1)), sweepAt);
        return sweepAt;
    }

    public async Task<DateTimeOffset?> PublishAsync(long writer, NewShare share)
    {
        var published = await publishing.RunAsync(share, writer);
        if (published.Outcome != "published")
            return null;
        var expiresAt = published.Time(1);
        await ledger.TrySettleAsync(LedgerEntry.Holding(share.Id, RedisPublishing.HeldBy(share), expiresAt));
        ledger.SetNetwork(share.Id, new Verifier(published.Content(2)), sweepAt: null);
        return expiresAt;
    }

    public async Task<bool> EndAsync(ShareId id, Verifier receiptToken, long? writer)
    {
        var network = (byte[]?)await redis.RunAsync(
            RedisScripts.EndUpload,
            [keys.Upload(id)],
            receiptToken.ToArray(),
            writer is { } number ? number : RedisValue.EmptyString);
        if (network is null)
            return false;
        scrub.Remember();
        await ledger.TrySettleAsync(LedgerEntry.EndedWithBlob(id));
        ledger.SetNetwork(id, new Verifier(network), sweepAt: null);
        return true;
    }
}
