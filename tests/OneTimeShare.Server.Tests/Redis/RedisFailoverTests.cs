using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisFailoverTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RedisProcess> _processes = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failover_to_a_replica_that_is_behind_gives_no_share_to_a_second_reader()
    {
        var master = Start("redis-server", "--appendonly", "yes");
        var replica = Start("redis-server", "--appendonly", "yes", "--replicaof", "127.0.0.1", $"{master.Port}");
        string sentinels = StartSentinels(master, replica);
        var redis = new RedisOptions { Connection = $"{sentinels},serviceName=shares" };
        using var store = new RedisShareStore(
            redis, new ShareOptions(), new DiskClaimGate(_folder.Path), TimeProvider.System);
        await store.BeginAsync();
        var shares = new List<ShareSample>();
        for (int number = 0; number < 20; number++)
            shares.Add(await OwnRedis.PublishAsync(store));
        RedisProcess.WaitUntil(() => replica.Ask("DBSIZE") == master.Ask("DBSIZE"));

        // From here on the replica hears nothing more of its master.
        replica.Pause();
        master.Ask("CLIENT", "KILL", "TYPE", "replica");
        foreach (var share in shares)
        {
            var first = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
            Assert.Equal(CheckOutcome.Passed, first.Check.Outcome);
        }
        master.Kill();
        replica.Resume();

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

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _folder.Dispose();
    }

    private RedisProcess Start(string program, params string[] options)
    {
        var process = new RedisProcess(
            program, Path.Combine(_folder.Path, $"redis-{_processes.Count}"), clock: null, options);
        _processes.Add(process);
        return process;
    }

    private string StartSentinels(RedisProcess master, RedisProcess replica)
    {
        var sentinels = Enumerable.Range(0, 3).Select(_ => Start(
            "redis-sentinel",
            $"sentinel monitor shares 127.0.0.1 {master.Port} 2",
            "sentinel down-after-milliseconds shares 1000",
            "sentinel failover-timeout shares 5000")).ToList();
        RedisProcess.WaitUntil(() => replica.Ask("INFO", "replication").Contains("master_link_status:up"));
        RedisProcess.WaitUntil(() => sentinels.TrueForAll(sentinel =>
            sentinel.Ask("SENTINEL", "replicas", "shares").Contains($"{replica.Port}")
            && sentinel.Ask("SENTINEL", "master", "shares").Contains("num-other-sentinels\n2")));
        return string.Join(',', sentinels.Select(sentinel => sentinel.Address));
    }
}
