using System.Globalization;
using OneTimeShare.Server.Tests.Stores;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>Redis as operators run it, for all tests of one class; its clock moves only as it is told.</summary>
public abstract class RedisSetup : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RedisProcess> _processes = [];
    private DateTime _now = new(2030, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private protected RedisSetup() => File.WriteAllText(Clock, "+0");

    /// <summary>As OTS_REDIS has it.</summary>
    public string Connection { get; protected init; } = "";

    private string Clock => Path.Combine(_folder.Path, "clock");

    public void Advance(TimeSpan time)
    {
        _now += time;
        // Redis may be reading it, and must not see half of it.
        string next = Clock + ".next";
        File.WriteAllText(next, _now.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        File.Move(next, Clock, overwrite: true);
    }

    public byte[] ReadRaw() => [.. _processes.SelectMany(process => process.ReadRaw())];

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected RedisProcess StartServer(params string[] options) =>
        Add(new RedisProcess("redis-server", NextFolder(), Clock, ["--appendonly", "yes", .. options]));

    private protected RedisProcess StartSentinel(params string[] options) =>
        Add(new RedisProcess("redis-sentinel", NextFolder(), clock: null, options));

    private RedisProcess Add(RedisProcess process)
    {
        _processes.Add(process);
        return process;
    }

    private string NextFolder() => Path.Combine(_folder.Path, $"{_processes.Count}");
}

/// <summary>One Redis that syncs every write: nothing acknowledged is ever forgotten.</summary>
public sealed class AloneRedis : RedisSetup
{
    public AloneRedis()
    {
        Connection = StartServer("--appendfsync", "always").Address;
        Advance(TimeSpan.Zero);
    }
}

/// <summary>One Redis that may forget a second's worth, so that claims pass the second gate.</summary>
public sealed class GatedRedis : RedisSetup
{
    private readonly RedisProcess _process;

    public GatedRedis()
    {
        _process = StartServer("--appendfsync", "everysec");
        Connection = _process.Address;
        Advance(TimeSpan.Zero);
    }

    internal string Ask(params string[] command) => _process.Ask(command);
}

/// <summary>A master, a replica, and three sentinels that watch over them.</summary>
public sealed class RedisWithSentinels : RedisSetup
{
    public RedisWithSentinels()
    {
        // Their clocks leap, and none of them is to take that for silence.
        var master = StartServer("--repl-timeout", "1000000000");
        var replica = StartServer("--repl-timeout", "1000000000", "--replicaof", "127.0.0.1", $"{master.Port}");
        var sentinels = Enumerable.Range(0, 3).Select(_ => StartSentinel(
            $"sentinel monitor shares 127.0.0.1 {master.Port} 2",
            "sentinel down-after-milliseconds shares 60000")).ToList();
        RedisProcess.WaitUntil(() => replica.Ask("INFO", "replication").Contains("master_link_status:up"));
        RedisProcess.WaitUntil(() => sentinels.TrueForAll(
            sentinel => sentinel.Ask("SENTINEL", "replicas", "shares").Contains($"{replica.Port}")));
        Connection = $"{string.Join(',', sentinels.Select(sentinel => sentinel.Address))},serviceName=shares";
        Advance(TimeSpan.Zero);
    }
}

/// <summary>Three masters, each with a third of the slots.</summary>
public sealed class RedisCluster : RedisSetup
{
    private const int Slots = 16384;

    public RedisCluster()
    {
        // Ten years, for the same reason.
        var nodes = Enumerable.Range(0, 3).Select(_ => StartServer(
            "--cluster-enabled", "yes", "--cluster-node-timeout", "315360000000")).ToList();
        for (int number = 0; number < nodes.Count; number++)
        {
            int first = Slots * number / nodes.Count, last = (Slots * (number + 1) / nodes.Count) - 1;
            nodes[number].Ask("CLUSTER", "ADDSLOTSRANGE", $"{first}", $"{last}");
            nodes[number].Ask("CLUSTER", "SET-CONFIG-EPOCH", $"{number + 1}");
        }
        for (int number = 1; number < nodes.Count; number++)
            nodes[0].Ask("CLUSTER", "MEET", "127.0.0.1", $"{nodes[number].Port}", $"{nodes[number].BusPort}");
        RedisProcess.WaitUntil(() => nodes.TrueForAll(node => node.Ask("CLUSTER", "INFO") is var info
            && info.Contains("cluster_state:ok") && info.Contains("cluster_known_nodes:3")));
        Connection = string.Join(',', nodes.Select(node => node.Address));
        Advance(TimeSpan.Zero);
    }
}
