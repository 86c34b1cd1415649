using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_that_redis_has_forgotten_stays_its_claimants_alone()
    {
        using var redis = OwnRedis.Gated();
        var (store, share) = await PublishAsync(redis);
        var first = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        redis.Forget(share);
        Assert.Equal(ShareState.Pending, (await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel))!.State);

        var second = await store.ClaimAsync(share.Id, share.Shown(ShareSample.RandomVerifier()), Cancel);
        Assert.Equal((CheckOutcome.Ended, ShareState.Claimed), (second.Check.Outcome, second.Check.Ending.State));
        Assert.Null(second.Content);
        var again = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        Assert.Equal((first.LeaseUntil, first.ClaimedAt), (again.LeaseUntil, again.ClaimedAt));
        Assert.Equal(share.Records, again.Content!.Records);
        Assert.Equal(first.ClaimedAt, (await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel))!.ClaimedAt);
    }

    [Fact]
    public async Task A_claimant_whom_redis_has_forgotten_gets_the_same_answer_again()
    {
        using var redis = OwnRedis.Gated();
        var (store, share) = await PublishAsync(redis);
        var first = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        redis.Forget(share);
        var again = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        Assert.Equal((first.LeaseUntil, first.ClaimedAt), (again.LeaseUntil, again.ClaimedAt));
        Assert.Equal(DeliveryOutcome.Claimed, (await store.DeliverAsync(share.Id, share.ClaimToken, Cancel)).Outcome);
    }

    [Fact]
    public async Task A_burn_that_redis_has_forgotten_stays_a_burn()
    {
        using var redis = OwnRedis.Gated();
        var (store, share) = await PublishAsync(redis);
        await store.EndAsync(share.Id, share.Receipt, Cancel);
        redis.Forget(share);
        var claim = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        Assert.Equal((CheckOutcome.Ended, ShareState.Burned), (claim.Check.Outcome, claim.Check.Ending.State));
        Assert.Equal(ShareState.Burned, (await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel))!.State);
    }

    [Fact]
    public async Task Without_the_gate_a_forgotten_claim_has_two_readers()
    {
        using var redis = OwnRedis.Safe();
        var (store, share) = await PublishAsync(redis);
        Assert.False(store.IsGated);
        await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        redis.Forget(share);
        var second = await store.ClaimAsync(share.Id, share.Shown(ShareSample.RandomVerifier()), Cancel);
        Assert.Equal(CheckOutcome.Passed, second.Check.Outcome);
    }

    [Theory]
    [InlineData("everysec", "yes", true)]
    [InlineData("always", "yes", false)]
    public async Task The_gate_is_open_only_where_redis_is_alone_and_syncs_every_write(
        string sync, string appendOnly, bool gated)
    {
        using var redis = new OwnRedis("--appendonly", appendOnly, "--appendfsync", sync);
        using var store = await redis.OpenAsync();
        Assert.Equal(gated, store.IsGated);
    }

    [Fact]
    public async Task The_gate_is_shut_where_a_replica_listens_or_redis_does_not_say_how_it_syncs()
    {
        using var redis = OwnRedis.Safe();
        redis.Process.Ask("ACL", "SETUSER", "shy", "on", ">hush", "~*", "&*", "+@all", "-config");
        using var shy = await redis.OpenAsync(",user=shy,password=hush");
        Assert.True(shy.IsGated);

        using var folder = new TemporaryFolder();
        using var replica = new RedisProcess(
            "redis-server", folder.Path, clock: null, "--replicaof", "127.0.0.1", $"{redis.Process.Port}");
        RedisProcess.WaitUntil(
            () => redis.Process.Ask("INFO", "replication").Contains("connected_slaves:1", StringComparison.Ordinal));
        using var watched = await redis.OpenAsync();
        Assert.True(watched.IsGated);
    }

    /// <summary>A share of which Redis can be made to forget all that happens from here on.</summary>
    private static async Task<(RedisShareStore Store, ShareSample Share)> PublishAsync(OwnRedis redis)
    {
        var store = await redis.OpenAsync();
        var share = await OwnRedis.PublishAsync(store);
        redis.Remember(share);
        return (store, share);
    }
}
