using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// The one atomic check, and what follows from it. A claim is the check, the gate, and the record of the claim, in this
/// order: whoever gives up in between has taken it or not, and finds out by repeating it with the same token.
/// </summary>
internal sealed class RedisClaims(
    RedisConnection redis, RedisKeys keys, RedisLedger ledger, RedisOverview overview, RedisGate gate,
    RedisKeeping keeping, ShareOptions options)
{
    public async Task<Unlock> UnlockAsync(ShareId id, Shown shown)
    {
        var share = await CheckAsync(id, shown);
        return share.Outcome == "passed"
            ? new Unlock(
                ToCheck(share), new SealedManifest(share.Content(5)), Size: share.Number(3), ExpiresAt: share.Time(4))
            : new Unlock(ToCheck(share));
    }

    public async Task<Claim> ClaimAsync(ShareId id, Shown shown, Verifier claimToken)
    {
        var share = await CheckAsync(id, shown);
        if (share.Outcome != "passed")
            return new Claim(ToCheck(share));
        var (now, size) = (share.Time(2), share.Number(3));
        // It is recorded already; should Redis forget that before it answers, this may not record it past the gate.
        if (share.State(1) is ShareState.Claimed)
            return await RecordAsync(id, shown, ClaimMark.Claimed(claimToken, now), size, notAfter: default);

        var (mark, isOwn) = await gate.PassAsync(id, claimToken, size, now);
        if (!isOwn)
            return new Claim(ToEnded(await CheckAsync(id, shown), mark, size));
        var claim = await RecordAsync(id, shown, mark, size, notAfter: now + RedisGate.Patience);
        if (claim.Check.Outcome == CheckOutcome.Passed)
            overview.Count(ShareCount.Claimed);
        return claim;
    }

    public async Task ShortenLeaseAsync(ShareId id, Verifier claimToken, TimeSpan lease)
    {
        var leaseUntil = await redis.RunAsync(
            RedisScripts.Shorten,
            keys.ShareAndContent(id),
            claimToken.ToArray(),
            (long)lease.TotalMilliseconds,
            keeping.Record,
            keeping.Content);
        if (!leaseUntil.IsNull)
            ledger.Schedule(id, DateTimeOffset.FromUnixTimeMilliseconds((long)leaseUntil));
    }

    public async Task<bool> AllowAttemptsAsync(ShareId id, Verifier receiptToken) =>
        (long)await redis.RunAsync(RedisScripts.Allow, [keys.Share(id)], receiptToken.ToArray()) != 0;

    private async Task<RedisReply> CheckAsync(ShareId id, Shown shown)
    {
        var share = new RedisReply(await redis.RunAsync(
            RedisScripts.Check,
            keys.ShareAndContent(id),
            shown.Link.ToArray(),
            shown.Claim.ToArray(),
            shown.ClaimToken?.ToArray() ?? [],
            options.MaxPassphraseAttempts));
        if (share.Outcome == "wrong claim proof")
            overview.Count(ShareCount.WrongPassphrases);
        return share;
    }

    private async Task<Claim> RecordAsync(ShareId id, Shown shown, ClaimMark mark, long size, DateTimeOffset notAfter)
    {
        var claim = new RedisReply(await redis.RunAsync(
            RedisScripts.Claim,
            keys.ShareAndContent(id),
            shown.Link.ToArray(),
            shown.Claim.ToArray(),
            mark.ClaimToken!.Value.ToArray(),
            gate.ClaimedAt(mark, size).ToUnixTimeMilliseconds(),
            mark.Until.ToUnixTimeMilliseconds(),
            notAfter.ToUnixTimeMilliseconds(),
            keeping.Record,
            keeping.Content));
        return claim.Outcome switch
        {
            "passed" => Taken(id, claim),
            "ended" => new Claim(new Check(CheckOutcome.Ended, claim.Ending(1))),
            "not found" => new Claim(new Check(CheckOutcome.NotFound)),
            "late" => throw new StoreUnavailableException("Redis or the blob store has taken too long for a claim."),
            var other => throw RedisReply.NoOutcome("claim", other),
        };
    }

    private Claim Taken(ShareId id, RedisReply claim)
    {
        ledger.Schedule(id, claim.Time(2));
        return new Claim(
            new Check(CheckOutcome.Passed),
            new SealedManifest(claim.Content(5)),
            ClaimedAt: claim.Time(1),
            LeaseUntil: claim.Time(2),
            Content: new ClaimedContent(id, claim.Number(3), claim.Flag(4) ? null : claim.Content(6)));
    }

    private static Check ToCheck(RedisReply share) => share.Outcome switch
    {
        "not found" => new Check(CheckOutcome.NotFound),
        "ended" => new Check(CheckOutcome.Ended, share.Ending(1)),
        "locked" => new Check(CheckOutcome.Locked),
        "wrong claim proof" => new Check(CheckOutcome.WrongClaimProof, AttemptsLeft: (int)share.Number(1)),
        "passed" => new Check(CheckOutcome.Passed),
        var other => throw RedisReply.NoOutcome("check", other),
    };

    /// <summary>What Redis says by now; or the mark, should Redis not know of it yet.</summary>
    private Check ToEnded(RedisReply share, ClaimMark mark, long size) =>
        ToCheck(share) is { Outcome: not CheckOutcome.Passed } check
            ? check
            : new Check(CheckOutcome.Ended, mark.ClaimToken is null
                ? new Ending(ShareState.Burned, mark.Until)
                : new Ending(ShareState.Claimed, gate.ClaimedAt(mark, size)));
}
