using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>A share's beginning: its room first, then the share.</summary>
internal sealed class RedisPublishing(
    RedisConnection redis, RedisKeys keys, RedisLedger ledger, RedisOverview overview, RedisKeeping keeping)
{
    /// <summary>The bytes that a live share counts for.</summary>
    public static long HeldBy(NewShare share) => share.Size + share.Footer.Manifest.Length;

    public async Task<DateTimeOffset?> PublishAsync(NewShare share)
    {
        if (!await ledger.ReserveAsync(share.Id, HeldBy(share)))
            return null;
        var published = await RunAsync(share, RedisValue.EmptyString);
        if (published.Outcome != "published")
            throw new StoreUnavailableException("Redis has something of this id already.");
        ledger.Schedule(share.Id, published.Time(1));
        return published.Time(1);
    }

    /// <summary>With a writer, the share is what was its upload; the answer names the upload's network.</summary>
    public async Task<RedisReply> RunAsync(NewShare share, RedisValue writer)
    {
        var reply = new RedisReply(await redis.RunAsync(
            RedisScripts.Publish,
            keys.All(share.Id),
            share.Footer.LinkVerifier.ToArray(),
            share.Footer.ClaimVerifier.ToArray(),
            share.ReceiptVerifier.ToArray(),
            share.Header.Bytes.ToArray(),
            share.Footer.Manifest.Bytes.ToArray(),
            share.Records ?? [],
            share.Size,
            HeldBy(share),
            share.Records is null ? 1 : 0,
            (long)share.Lifetime.TotalMilliseconds,
            writer,
            keeping.Record,
            keeping.Content));
        if (reply.Outcome == "published")
            overview.CountCreated(share);
        return reply;
    }
}

/// <summary>
/// How much longer than it is needed Redis keeps what the sweeper should have removed by then, in milliseconds: the
/// last line of defence, should no server run any more.
/// </summary>
internal sealed class RedisKeeping(ShareOptions options)
{
    private static readonly TimeSpan OfContent = TimeSpan.FromHours(1);
    private static readonly TimeSpan OfRecord = TimeSpan.FromDays(30);

    public long Content { get; } = (long)OfContent.TotalMilliseconds;

    public long Record { get; } = (long)(options.History + OfRecord).TotalMilliseconds;
}
