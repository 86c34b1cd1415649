using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>Looks at start whether this Redis keeps what it has acknowledged, and how sure that is.</summary>
internal sealed class RedisStartCheck(RedisConnection redis)
{
    /// <summary>The oldest that has all that the scripts use.</summary>
    private static readonly Version Oldest = new(6, 2);

    /// <exception cref="StoreUnavailableException">It may lose shares: the sentence says what to change.</exception>
    public async Task RefuseWhatLosesAsync()
    {
        foreach (var master in Masters())
        {
            string name = RedisFailure.NameOf(master.EndPoint);
            string? version = (await InfoAsync(master, "server"))["redis_version"];
            if (!Version.TryParse(version, out var parsed) || parsed < Oldest)
                throw Refused($"Redis at {name} is version {version ?? "unknown"}: use {Oldest} or newer");

            string? policy = (await InfoAsync(master, "memory"))["maxmemory_policy"];
            if (policy != "noeviction")
            {
                throw Refused($"Redis at {name} throws out what is still needed when it is full (maxmemory-policy "
                    + $"{policy ?? "unknown"}): set maxmemory-policy noeviction");
            }

            if (!(await InfoAsync(master, "persistence")).Has("aof_enabled", "1"))
            {
                throw Refused($"Redis at {name} does not write what it acknowledges to its disk, and a restart would "
                    + "lose shares: set appendonly yes");
            }
        }
    }

    /// <summary>It is alone, so that nothing can fail over to who is behind, and syncs every write.</summary>
    public async Task<bool> ForgetsNothingAsync()
    {
        if (!redis.IsOne || redis.Servers is not [{ ServerType: ServerType.Standalone, IsReplica: false } alone])
            return false;
        try
        {
            return (await InfoAsync(alone, "replication")).Has("connected_slaves", "0")
                && await IsSetAsync(alone, "appendonly", "yes")
                && await IsSetAsync(alone, "appendfsync", "always");
        }
        catch (StoreUnavailableException)
        {
            return false; // this user may not ask, and the gate is safe in any case
        }
    }

    private List<IServer> Masters()
    {
        var masters = redis.Servers.Where(server => !server.IsReplica).ToList();
        return masters.Count > 0
            ? masters
            : throw Refused($"There is no master among the Redis at {redis.EndPoints}: name one");
    }

    private async Task<RedisInfo> InfoAsync(IServer server, string section)
    {
        try
        {
            return await RedisInfo.ReadAsync(redis, server, section);
        }
        catch (StoreUnavailableException failure)
        {
            throw Refused(
                $"Redis at {RedisFailure.NameOf(server.EndPoint)} does not say whether it keeps what it acknowledges "
                + $"({failure.Message.TrimEnd('.')}): allow its user INFO");
        }
    }

    private async Task<bool> IsSetAsync(IServer server, string name, string value) =>
        (string[]?)await redis.AskAsync(server, "CONFIG", "GET", name) is [_, var set] && set == value;

    private static StoreUnavailableException Refused(string sentence) =>
        new($"{sentence}, or set OTS_UNSAFE_REDIS=1 to start all the same.");
}
