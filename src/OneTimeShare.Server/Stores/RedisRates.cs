using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Stores;

/// <summary>Counts what each network asks for, in fixed windows, exact for all servers on one Redis.</summary>
internal sealed class RedisRates(RedisConnection redis, RedisKeys keys)
{
    public async Task<(long Count, TimeSpan Left)> CountAsync(string what, Verifier network, TimeSpan window)
    {
        var counted = new RedisReply(await redis.RunAsync(
            RedisScripts.Rate, [keys.Rate(what, network)], (long)window.TotalMilliseconds));
        return (counted.Number(0), TimeSpan.FromMilliseconds(Math.Max(0, counted.Number(1))));
    }
}
