using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisFailoverTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failover_to_a_replica_that_is_behind_gives_no_share_to_a_second_reader()
    {
        using var folder = new TemporaryFolder();
        using var redis = new WatchedRedis();
        using var store = new RedisShareStore(
            new RedisOptions { Connection = redis.Connection }, new ShareOptions(), new DiskClaimGate(folder.Path),
            TimeProvider.System);
        await store.BeginAsync();
        var shares = new List<ShareSample>();
        for (int number = 0; number < 20; number++)
            shares.Add(await OwnRedis.PublishAsync(store));
        redis.WaitUntilTheReplicaHasAll();

        redis.CutTheReplicaOff();
        foreach (var share in shares)
        {
            var first = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
            Assert.Equal(CheckOutcome.Passed, first.Check.Outcome);
        }
        redis.FailOver();

        var forgotten = await OwnRedis.EventuallyAsync(
            () => store.ReadReceiptAsync(shares[0].Id, shares[0].Receipt, Cancel));
        Assert.Equal(ShareState.Pending, forgotten!.State);
        foreach (var share in shares)
        {
            var second = await OwnRedis.EventuallyAsync(
                () => store.ClaimAsync(share.Id, share.Shown(ShareSample.RandomVerifier()), Cancel));
            Assert.Equal((CheckOutcome.Ended, ShareState.Claimed), (second.Check.Outcome, second.Check.Ending.State));
            var again = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
            Assert.Equal(share.Records, again.Content!.Records);
        }
    }
}
