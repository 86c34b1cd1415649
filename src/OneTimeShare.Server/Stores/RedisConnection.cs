using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// The one connection to Redis, with its failures as a store's caller knows them. What cannot be sent now is not sent
/// later: nothing waits in line for a Redis that is away.
/// </summary>
internal sealed class RedisConnection : IDisposable
{
    // Never a replica, which may be behind.
    private const CommandFlags Flags = CommandFlags.DemandMaster;

    private readonly ConnectionMultiplexer _redis;
    private readonly IDatabase _database;
    private readonly TimeSpan _patience;
    private readonly bool _hasSentinels;

    public RedisConnection(RedisOptions options)
    {
        var parsed = RedisOptions.Parse(options.Connection)
            ?? throw new ArgumentException("It cannot be read.", nameof(options));
        EndPoints = options.EndPoints;
        _hasSentinels = !string.IsNullOrEmpty(parsed.ServiceName);
        parsed.ClientName ??= "ots-server";
        parsed.AbortOnConnectFail = true;
        // To ask INFO and CONFIG, and for its files to be written anew: so says the driver, whatever Redis allows.
        parsed.AllowAdmin = true;
        parsed.BacklogPolicy = BacklogPolicy.FailFast;
        parsed.ReconnectRetryPolicy = new LinearRetry(500);
        parsed.AsyncTimeout = parsed.SyncTimeout = (int)options.Patience.TotalMilliseconds;
        // Two things that the driver would keep in Redis for itself, beyond what this program needs to be allowed.
        parsed.TieBreaker = "";
        parsed.ConfigurationChannel = "";
        _patience = options.Patience;
        try
        {
            _redis = ConnectionMultiplexer.Connect(parsed);
        }
        catch (Exception failure) when (RedisFailure.IsRedis(failure))
        {
            throw RedisFailure.ToStoreException(failure, $"Redis cannot be reached at {EndPoints}");
        }
        _database = _redis.GetDatabase();
    }

    /// <summary>As the operator gave them, for a sentence that says what is wrong there.</summary>
    public string EndPoints { get; }

    /// <summary>There is no other, not even one that is away at the moment.</summary>
    public bool IsOne => !_hasSentinels && _redis.GetServers().Length == 1;

    /// <summary>Those that are there at the moment.</summary>
    public IReadOnlyList<IServer> Servers => [.. _redis.GetServers().Where(server => server.IsConnected)];

    /// <summary>Runs a script on whichever node has its keys.</summary>
    public Task<RedisResult> RunAsync(string script, RedisKey[] keys, params RedisValue[] arguments) =>
        GuardAsync(_database.ScriptEvaluateAsync(script, keys, arguments, Flags));

    /// <summary>Runs a script without waiting for it: for what the sweeper mends should it be lost.</summary>
    public void Send(string script, RedisKey[] keys, params RedisValue[] arguments)
    {
        try
        {
            _database.ScriptEvaluateAsync(script, keys, arguments, Flags | CommandFlags.FireAndForget);
        }
        catch (Exception failure) when (RedisFailure.IsRedis(failure))
        {
            // As good as lost on the way.
        }
    }

    public Task<RedisValue> ReadAsync(RedisKey key) => GuardAsync(_database.StringGetAsync(key, Flags));

    /// <summary>The members of a sorted set, by their places in it.</summary>
    public Task<RedisValue[]> RangeAsync(RedisKey key, long first, long last) =>
        GuardAsync(_database.SortedSetRangeByRankAsync(key, first, last, flags: Flags));

    public Task<HashEntry[]> ReadAllAsync(RedisKey key) => GuardAsync(_database.HashGetAllAsync(key, Flags));

    public Task<bool> HasAsync(RedisKey key) => GuardAsync(_database.KeyExistsAsync(key, Flags));

    public Task<long> IncrementAsync(RedisKey key) => GuardAsync(_database.StringIncrementAsync(key, flags: Flags));

    public Task<bool> CreateAsync(RedisKey key, RedisValue value) =>
        GuardAsync(_database.StringSetAsync(key, value, null, When.NotExists, Flags));

    /// <summary>True once, and then not before that time is over, for whoever asks.</summary>
    public Task<bool> OnceInAsync(TimeSpan time, RedisKey key) =>
        GuardAsync(_database.StringSetAsync(key, 1, time, When.NotExists, Flags));

    /// <summary>Asks one node about itself.</summary>
    public Task<RedisResult> AskAsync(IServer server, string command, params object[] arguments) =>
        GuardAsync(server.ExecuteAsync(command, arguments));

    public void Dispose() => _redis.Dispose();

    private async Task<T> GuardAsync<T>(Task<T> act)
    {
        try
        {
            // The driver looks at its own timeouts once a second, which would be too late.
            return await act.WaitAsync(_patience);
        }
        catch (Exception failure) when (RedisFailure.IsRedis(failure))
        {
            throw RedisFailure.ToStoreException(failure, "Redis cannot be reached");
        }
    }
}
