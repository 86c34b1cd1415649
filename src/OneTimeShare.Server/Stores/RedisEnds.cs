using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>How shares end: by a token, or by time and the sweeper.</summary>
internal sealed class RedisEnds(
    RedisConnection redis, RedisKeys keys, RedisLedger ledger, RedisOverview overview, RedisGate gate,
    RedisScrub scrub, ShareOptions options)
{
    private readonly long _history = (long)options.History.TotalMilliseconds;

    public async Task<EndOutcome> EndAsync(ShareId id, Verifier token)
    {
        var share = await EndAsync(id, token, gate.IsNeeded);
        if (share.Outcome == "gate")
        {
            await gate.CloseAsync(id, size: share.Number(2), now: share.Time(1));
            share = await EndAsync(id, token, gated: false);
        }
        switch (share.Outcome)
        {
            case "not found":
                return EndOutcome.NotFound;
            case "ended":
                CountEnd(share.Text(3));
                scrub.Remember();
                await ledger.TrySettleAsync(share.Flag(1)
                    ? LedgerEntry.EndedWithBlob(id)
                    : LedgerEntry.Ended(id, share.Time(2) + options.History));
                return EndOutcome.Ended;
            default:
                throw RedisReply.NoOutcome("end", share.Outcome);
        }
    }

    /// <summary>Looks at what is due, a batch at a time.</summary>
    /// <returns>What may have a blob still; empty where nothing is due any more.</returns>
    public async Task<IReadOnlyList<ShareId>> SweepAsync()
    {
        while (true)
        {
            var due = await ledger.ReadDueAsync();
            var looks = await Task.WhenAll(due.Select(id => LookAsync(id, blobIsFreed: false)));
            await ledger.SettleAsync([.. looks.Select(look => look.Entry)]);
            ShareId[] withBlobs = [.. looks.Where(look => look.MayHaveBlob).Select(look => look.Entry.Id)];
            if (withBlobs.Length > 0 || due.Count < RedisLedger.SweepLimit)
                return withBlobs;
        }
    }

    public async Task FreedAsync(IReadOnlyList<ShareId> ids)
    {
        var looks = await Task.WhenAll(ids.Select(id => LookAsync(id, blobIsFreed: true)));
        await ledger.SettleAsync([.. looks.Select(look => look.Entry)]);
    }

    /// <summary>Empty where it had ended before, and was counted then.</summary>
    private void CountEnd(string endedAs)
    {
        if (endedAs != "")
            overview.Count(ShareCounts.OfEnd(StoredState.Read(endedAs)));
    }

    private async Task<RedisReply> EndAsync(ShareId id, Verifier token, bool gated) => new(await redis.RunAsync(
        RedisScripts.End, keys.ShareAndContent(id), token.ToArray(), gated ? 1 : 0));

    private async Task<(LedgerEntry Entry, bool MayHaveBlob)> LookAsync(ShareId id, bool blobIsFreed)
    {
        var found = new RedisReply(await redis.RunAsync(
            RedisScripts.Sweep, keys.All(id), _history, blobIsFreed ? 1 : 0));
        if (found.Outcome != "live")
            scrub.Remember();
        switch (found.Outcome)
        {
            case "live":
                return (LedgerEntry.Holding(id, found.Number(2), due: found.Time(1)), false);
            case "gone":
                // Published and let go by Redis, or an upload, or never written: whatever it was, it has no record.
                return blobIsFreed ? (LedgerEntry.Forgotten(id), false) : (LedgerEntry.EndedWithBlob(id), true);
            case "blob":
                CountEnd(found.Text(1));
                return (LedgerEntry.EndedWithBlob(id), true);
            case "ended":
                CountEnd(found.Text(2));
                return (LedgerEntry.Ended(id, due: found.Time(1)), false);
            case "over":
                CountEnd(found.Text(1));
                await gate.ForgetAsync(id);
                return (LedgerEntry.Forgotten(id), false);
            default:
                throw RedisReply.NoOutcome("sweep", found.Outcome);
        }
    }
}
