using System.Globalization;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// What the operator sees: shares in the order in which the sweeper will look at them, and the counts. They are counted
/// on the ledger's node, without waiting for that: one that is lost on the way is missing for ever.
/// </summary>
internal sealed class RedisOverview(RedisConnection redis, RedisKeys keys)
{
    private const long Hour = 3_600_000;

    public void Count(ShareCount what, long count = 1) =>
        redis.Send(RedisScripts.Count, [keys.Counts], KeptHours, ShareCounts.NameOf(what), count);

    public void CountCreated(NewShare share) => redis.Send(
        RedisScripts.Count, [keys.Counts], KeptHours, ShareCounts.NameOf(ShareCount.Created), 1,
        ShareCounts.NameOf(ShareCount.CreatedBytes), share.Size);

    public async Task<SharePage> PageAsync(long? from, int limit)
    {
        long start = from ?? 0;
        var ids = await redis.RangeAsync(keys.Due, start, start + limit - 1);
        var shares = await Task.WhenAll(ids.Select(id => FindAsync(new ShareId((byte[])id!))));
        return new SharePage([.. shares.OfType<ListedShare>()], ids.Length == limit ? start + limit : null);
    }

    public async Task<ListedShare?> FindAsync(ShareId id)
    {
        var share = new RedisReply(await redis.RunAsync(RedisScripts.Listed, [keys.Share(id)]));
        return share.IsNil ? null : new ListedShare(
            id,
            share.State(0),
            share.Time(1),
            Size: share.Number(2),
            CreatedAt: share.Time(3),
            ExpiresAt: share.Time(4),
            FailedAttempts: (int)share.Number(5),
            Receipt: new Verifier(share.Content(6)));
    }

    public async Task<CountedShares> ReadCountsAsync()
    {
        var total = new ShareCounts();
        var hours = new SortedDictionary<DateTimeOffset, ShareCounts>();
        foreach (var field in await redis.ReadAllAsync(keys.Counts))
        {
            string[] name = field.Name.ToString().Split(':');
            if (ShareCounts.WithName(name[^1]) is not { } what)
                continue;
            var counts = total;
            if (name.Length > 1 && !hours.TryGetValue(TimeOf(name[0]), out counts))
                hours[TimeOf(name[0])] = counts = new ShareCounts();
            counts[what] = (long)field.Value;
        }
        return new CountedShares(total, hours);
    }

    private static RedisValue KeptHours => (long)CountedShares.Kept.TotalHours;

    private static DateTimeOffset TimeOf(string hour) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(hour, CultureInfo.InvariantCulture) * Hour);
}
