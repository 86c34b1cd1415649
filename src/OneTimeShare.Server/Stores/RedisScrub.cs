using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Has Redis write its append-only files anew, so that what has ended is in them no longer: at most once an hour, since
/// it costs what there is, and only if something has ended. Where this user may not ask for it, Redis does so by
/// itself when the files have grown. Once an hour, too, one of the servers looks for marks that nothing knows.
/// </summary>
internal sealed class RedisScrub(RedisConnection redis, RedisKeys keys, RedisGate gate, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    // What ended before this process began may be in the files still.
    private volatile bool _hasEnded = true;

    /// <summary>Something has ended.</summary>
    public void Remember() => _hasEnded = true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await redis.OnceInAsync(Interval, keys.Searched))
            await gate.RemoveOrphansAsync(time.GetUtcNow(), cancellationToken);
        if (!_hasEnded || !await redis.OnceInAsync(Interval, keys.Scrubbed))
            return;
        _hasEnded = false;
        var rewriting = new List<IServer>();
        foreach (var server in redis.Servers)
        {
            if (await TryBeginAsync(server))
                rewriting.Add(server);
        }
        long began = time.GetTimestamp();
        foreach (var server in rewriting)
        {
            while (await IsRewritingAsync(server) && time.GetElapsedTime(began) < Patience)
                await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private async Task<bool> TryBeginAsync(IServer server)
    {
        try
        {
            if (!(await RedisInfo.ReadAsync(redis, server, "persistence")).Has("aof_enabled", "1"))
                return false;
            await redis.AskAsync(server, "BGREWRITEAOF");
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false; // not allowed, or not now
        }
    }

    private async Task<bool> IsRewritingAsync(IServer server)
    {
        var info = await RedisInfo.ReadAsync(redis, server, "persistence");
        return info.Has("aof_rewrite_in_progress", "1") || info.Has("aof_rewrite_scheduled", "1");
    }
}
