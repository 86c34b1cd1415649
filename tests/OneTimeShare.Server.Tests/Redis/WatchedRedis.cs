using OneTimeShare.Server.Tests.Stores;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>A master, its replica, and three sentinels that promote it soon after the master is dead.</summary>
internal sealed class WatchedRedis : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RedisProcess> _processes = [];
    private readonly RedisProcess _master;
    private readonly RedisProcess _replica;

    public WatchedRedis()
    {
        _master = Start("redis-server", "--appendonly", "yes");
        _replica = Start("redis-server", "--appendonly", "yes", "--replicaof", "127.0.0.1", $"{_master.Port}");
        Connection = $"{StartSentinels()},serviceName=shares";
    }

    /// <summary>As OTS_REDIS has it.</summary>
    public string Connection { get; }

    public void WaitUntilTheReplicaHasAll() =>
        RedisProcess.WaitUntil(() => _replica.Ask("DBSIZE") == _master.Ask("DBSIZE"));

    /// <summary>From here on the replica hears nothing more of its master.</summary>
    public void CutTheReplicaOff()
    {
        _replica.Pause();
        _master.Ask("CLIENT", "KILL", "TYPE", "replica");
    }

    /// <summary>The master dies, and the replica comes back to be the next one.</summary>
    public void FailOver()
    {
        _master.Kill();
        _replica.Resume();
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

    private string StartSentinels()
    {
        var sentinels = Enumerable.Range(0, 3).Select(_ => Start(
            "redis-sentinel",
            $"sentinel monitor shares 127.0.0.1 {_master.Port} 2",
            "sentinel down-after-milliseconds shares 1000",
            "sentinel failover-timeout shares 5000")).ToList();
        RedisProcess.WaitUntil(() => _replica.Ask("INFO", "replication").Contains("master_link_status:up"));
        RedisProcess.WaitUntil(() => sentinels.TrueForAll(sentinel =>
            sentinel.Ask("SENTINEL", "replicas", "shares").Contains($"{_replica.Port}")
            && sentinel.Ask("SENTINEL", "master", "shares").Contains("num-other-sentinels\n2")));
        return string.Join(',', sentinels.Select(sentinel => sentinel.Address));
    }
}
