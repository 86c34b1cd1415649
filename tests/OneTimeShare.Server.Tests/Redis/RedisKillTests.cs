using System.Collections.Concurrent;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisKillTests
{
    private const int Callers = 16;
    private const int ActsBeforeKill = 500;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill_of_redis_at_any_moment()
    {
        using var redis = OwnRedis.Safe();
        using var store = await redis.OpenAsync();
        var acknowledged = new ConcurrentDictionary<ShareSample, ShareState>();
        for (int round = 1; round <= 3; round++)
        {
            var callers = Enumerable.Range(0, Callers).Select(_ => ShareUntilUnavailableAsync(store, acknowledged));
            var calling = Task.WhenAll(callers.ToArray());
            int enough = round * ActsBeforeKill;
            await Task.Run(() => RedisProcess.WaitUntil(() => acknowledged.Count >= enough), Cancel);
            redis.Process.Kill();
            await calling;
            redis.Process.Restart();
            await OwnRedis.EventuallyAsync(() => store.ReadStorageUsedAsync(Cancel));
            foreach (var (share, state) in acknowledged)
                await AssertSurvivedAsync(store, share, state);
        }
        Assert.Equal(3, acknowledged.Values.Distinct().Count());
    }

    private static async Task ShareUntilUnavailableAsync(
        RedisShareStore store, ConcurrentDictionary<ShareSample, ShareState> acknowledged)
    {
        try
        {
            for (int number = 0; ; number++)
            {
                var share = await OwnRedis.PublishAsync(store);
                acknowledged[share] = ShareState.Pending;
                if (number % 3 == 0)
                    continue;
                await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
                acknowledged[share] = ShareState.Claimed;
                if (number % 3 == 1)
                    continue;
                await store.EndAsync(share.Id, share.ClaimToken, Cancel);
                acknowledged[share] = ShareState.Delivered;
            }
        }
        catch (StoreUnavailableException)
        {
            // It has been killed.
        }
    }

    private static async Task AssertSurvivedAsync(RedisShareStore store, ShareSample share, ShareState acknowledged)
    {
        var receipt = await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel);
        Assert.NotNull(receipt);
        // It may have got further than it could say, and never less far.
        Assert.True(receipt.State >= acknowledged, $"{acknowledged} has become {receipt.State}.");
    }
}
