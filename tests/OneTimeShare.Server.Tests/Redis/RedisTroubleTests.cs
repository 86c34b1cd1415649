using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_redis_that_has_ended_is_unavailable_and_is_found_again_with_all_that_was_acknowledged()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var (pending, claimed) = (await OwnRedis.PublishAsync(store), await OwnRedis.PublishAsync(store));
        var claim = await store.ClaimAsync(claimed.Id, claimed.Shown(claimed.ClaimToken), Cancel);
        redis.Process.Kill();
        await AssertUnavailableAsync(store, pending);

        redis.Process.Restart();
        var again = await OwnRedis.EventuallyAsync(
            () => store.ClaimAsync(claimed.Id, claimed.Shown(claimed.ClaimToken), Cancel));
        Assert.Equal(claim.LeaseUntil, again.LeaseUntil);
        Assert.Equal(
            CheckOutcome.Passed, (await store.UnlockAsync(pending.Id, pending.Shown(), Cancel)).Check.Outcome);
        Assert.Equal(pending.Held + claimed.Held, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_redis_that_hangs_is_unavailable_and_does_later_nothing_that_takes_a_share()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var share = await OwnRedis.PublishAsync(store);
        redis.Process.Pause();
        await AssertUnavailableAsync(store, share);
        redis.Process.Resume();
        var receipt = await OwnRedis.EventuallyAsync(() => store.ReadReceiptAsync(share.Id, share.Receipt, Cancel));
        Assert.Equal((ShareState.Pending, 0), (receipt!.State, receipt.FailedAttempts));
        var claim = await store.ClaimAsync(share.Id, share.Shown(ShareSample.RandomVerifier()), Cancel);
        Assert.Equal(CheckOutcome.Passed, claim.Check.Outcome);
    }

    [Fact]
    public async Task A_full_redis_refuses_what_is_new_and_nothing_else()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var shares = new List<ShareSample>();
        for (int number = 0; number < 3; number++)
            shares.Add(await OwnRedis.PublishAsync(store));
        redis.Process.Ask("CONFIG", "SET", "maxmemory", "1");
        await Assert.ThrowsAsync<StorageFullException>(
            () => store.PublishAsync(ShareSample.OfOneRecord().New, Cancel));
        await Assert.ThrowsAsync<StorageFullException>(() => store.CheckAsync(Cancel));

        var wrong = await store.UnlockAsync(shares[0].Id, shares[0].WrongPassphrase(), Cancel);
        Assert.Equal((CheckOutcome.WrongClaimProof, 4), (wrong.Check.Outcome, wrong.Check.AttemptsLeft));
        Assert.True(await store.AllowAttemptsAsync(shares[0].Id, shares[0].Receipt, Cancel));
        foreach (var share in shares)
        {
            var claim = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
            Assert.Equal(CheckOutcome.Passed, claim.Check.Outcome);
        }
        await store.ShortenLeaseAsync(shares[0].Id, shares[0].ClaimToken, TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(EndOutcome.Ended, await store.EndAsync(shares[0].Id, shares[0].ClaimToken, Cancel));
        Assert.Equal(EndOutcome.Ended, await store.EndAsync(shares[1].Id, shares[1].Receipt, Cancel));
        Assert.Equal(shares[2].Held, await store.ReadStorageUsedAsync(Cancel));
        Assert.Empty(await store.SweepAsync(Cancel));

        redis.Process.Ask("CONFIG", "SET", "maxmemory", "0");
        await OwnRedis.PublishAsync(store);
    }

    [Fact]
    public async Task A_redis_that_comes_back_empty_knows_no_share_and_takes_new_ones()
    {
        using var redis = OwnRedis.Gated();
        using var store = await redis.OpenAsync();
        var share = await OwnRedis.PublishAsync(store);
        redis.Process.Kill();
        redis.Process.Restart(empty: true);
        Assert.Null(await OwnRedis.EventuallyAsync(
            () => store.ReadReceiptAsync(share.Id, share.Receipt, Cancel)));
        await OwnRedis.PublishAsync(store);
    }

    [Fact]
    public async Task Scripts_that_redis_has_lost_are_sent_again()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var share = await OwnRedis.PublishAsync(store);
        redis.Process.Ask("SCRIPT", "FLUSH");
        Assert.Equal(CheckOutcome.Passed, (await store.UnlockAsync(share.Id, share.Shown(), Cancel)).Check.Outcome);
        redis.Process.Ask("SCRIPT", "FLUSH");
        await OwnRedis.PublishAsync(store);
    }

    [Fact]
    public async Task A_redis_that_has_become_a_replica_is_unavailable_until_it_is_none()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var share = await OwnRedis.PublishAsync(store);
        redis.Process.Ask("REPLICAOF", "127.0.0.1", "1");
        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancel));
        redis.Process.Ask("REPLICAOF", "NO", "ONE");
        var claim = await OwnRedis.EventuallyAsync(
            () => store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel));
        Assert.Equal(CheckOutcome.Passed, claim.Check.Outcome);
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_so_without_the_password()
    {
        using var redis = new OwnRedis("--appendonly", "yes", "--requirepass", "open-sesame");
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => redis.OpenAsync(",password=hush-hush"));
        Assert.DoesNotContain("hush", refused.ToString());
        Assert.Contains("OTS_REDIS", refused.Message);
        using var store = await redis.OpenAsync(",password=open-sesame");
        await OwnRedis.PublishAsync(store);
    }

    [Theory]
    [InlineData("maxmemory-policy noeviction", "--appendonly", "yes", "--maxmemory-policy", "allkeys-lru")]
    [InlineData("set appendonly yes", "--appendonly", "no")]
    public async Task A_redis_that_would_lose_shares_is_refused_with_what_to_change(
        string sentence, params string[] options)
    {
        using var redis = new OwnRedis(options);
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => redis.OpenAsync());
        Assert.Contains(sentence, refused.Message);
        Assert.Contains("OTS_UNSAFE_REDIS=1", refused.Message);
        using var store = await redis.OpenAsync(isUnsafe: true);
        Assert.True(store.IsGated);
        await OwnRedis.PublishAsync(store);
    }

    [Fact]
    public async Task A_redis_that_is_not_there_is_named()
    {
        using var redis = OwnRedis.Safe();
        redis.Process.Kill();
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => redis.OpenAsync());
        Assert.Contains(redis.Process.Address, refused.Message);
    }

    private static async Task AssertUnavailableAsync(RedisShareStore store, ShareSample share)
    {
        Task[] acts =
        [
            store.PublishAsync(ShareSample.OfOneRecord().New, Cancel),
            store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel),
            store.UnlockAsync(share.Id, share.Shown(), Cancel),
            store.ReadReceiptAsync(share.Id, share.Receipt, Cancel),
            store.CheckAsync(Cancel),
        ];
        foreach (var act in acts)
            await Assert.ThrowsAsync<StoreUnavailableException>(() => act);
    }
}
