using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// The second gate, passed between the check and the claim's record, unless this Redis forgets nothing that it has
/// acknowledged. What Redis has forgotten of a share that the gate knows is brought back on the way.
/// </summary>
internal sealed class RedisGate(
    RedisConnection redis, RedisKeys keys, RedisLedger ledger, RedisKeeping keeping, ShareOptions options,
    IClaimGate gate)
{
    /// <summary>How long after its check a claim may be recorded: it has been by then, or never will be.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // For clocks that differ, and settings that have been smaller.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(1);

    private volatile bool _isNeeded = true;

    /// <summary>So until it is known that Redis is alone and syncs every write.</summary>
    public bool IsNeeded => _isNeeded;

    /// <summary>Redis is alone and syncs every write before it answers.</summary>
    public void Open() => _isNeeded = false;

    public Task CheckAsync() => gate.CheckAsync(CancellationToken.None);

    /// <summary>
    /// All servers on one Redis keep their blobs and marks in one place. The first says which; a Redis that comes back
    /// empty is told again, and a place that is new to a Redis that knows another is refused.
    /// </summary>
    public async Task CheckIdentityAsync()
    {
        // Redis first: who is told of a gate there finds it in its place, since it is made there before.
        string? known = await redis.ReadAsync(keys.Gate);
        string? own = $"{await gate.IdentifyAsync(make: known is null, CancellationToken.None):N}";
        if (known is null && !await redis.CreateAsync(keys.Gate, own))
            known = await redis.ReadAsync(keys.Gate);
        if (known is null || known == own)
            return;
        throw new StoreUnavailableException("The other servers on this Redis keep their blobs and claim marks in "
            + "another place, so that a share could be read twice: give all of them the same OTS_DATA or the same "
            + "bucket, or this one an OTS_REDIS_PREFIX of its own; where the other place is gone for good, delete "
            + $"the key {keys.Gate} in Redis");
    }

    /// <summary>Whose mark is there now, and whether it is this claimant's with the lease not over.</summary>
    public async Task<(ClaimMark Mark, bool IsOwn)> PassAsync(
        ShareId id, Verifier claimToken, long size, DateTimeOffset now)
    {
        var own = ClaimMark.Claimed(claimToken, now + LeaseFor(size));
        if (!_isNeeded)
            return (own, true);
        // From here on the claim is made, whoever still waits for it.
        var mark = await gate.MarkAsync(id, own, CancellationToken.None) ?? own;
        if (mark.ClaimToken == claimToken && mark.Until > now)
            return (mark, true);
        await RepairAsync(id, mark, size, now);
        return (mark, false);
    }

    /// <summary>
    /// Before a share that nobody is known to have taken is burned: nobody can take it from here on. Who has, and was
    /// forgotten, is in the receipt; a claim that has only just passed the gate comes too late to its record.
    /// </summary>
    public async Task CloseAsync(ShareId id, long size, DateTimeOffset now)
    {
        if (await gate.MarkAsync(id, ClaimMark.Burned(now), CancellationToken.None) is { ClaimToken: not null } mark)
            await RepairAsync(id, mark, size, now);
    }

    /// <summary>The share is over: it could not be taken even where Redis has forgotten how it ended.</summary>
    public async Task ForgetAsync(ShareId id)
    {
        if (_isNeeded)
            await gate.UnmarkAsync(id, CancellationToken.None);
    }

    /// <summary>Removes marks that are older than any share can be, where Redis does not know the share.</summary>
    public async Task RemoveOrphansAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = now - options.MaxLifetime - options.LeaseFor(options.MaxSize) - Margin;
        await foreach (var id in gate.ListAsync(before, cancellationToken))
        {
            if (!await redis.HasAsync(keys.Share(id)))
                await gate.UnmarkAsync(id, cancellationToken);
        }
    }

    public DateTimeOffset ClaimedAt(ClaimMark mark, long size) => mark.Until - LeaseFor(size);

    // Whole milliseconds, as Redis and the mark keep times, so that one can be told from the other.
    private TimeSpan LeaseFor(long size) =>
        TimeSpan.FromMilliseconds(Math.Floor(options.LeaseFor(size).TotalMilliseconds));

    // A young claim may be on its way to its record still, and is its claimant's to bring there: a burn in between
    // must not find it, and say that somebody had the share.
    private async Task RepairAsync(ShareId id, ClaimMark mark, long size, DateTimeOffset now)
    {
        if (mark.ClaimToken is not null && ClaimedAt(mark, size) + Patience >= now)
            return;
        await redis.RunAsync(
            RedisScripts.Repair,
            keys.ShareAndContent(id),
            mark.ClaimToken?.ToArray() ?? [],
            ClaimedAt(mark, size).ToUnixTimeMilliseconds(),
            mark.Until.ToUnixTimeMilliseconds(),
            keeping.Record,
            keeping.Content);
        ledger.Schedule(id, mark.Until);
    }
}
