using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// What every share and upload holds, the sum of that, and when the sweeper has to look at which. In a cluster it is
/// on another node than the shares, so no script changes both: room is reserved before a share is written, and what
/// becomes of it is settled after. Whoever dies in between leaves an entry that is due soon, and the sweeper, who asks
/// the share itself, puts it right: the sum is never wrong for good, and never too small while all nodes keep what they
/// have acknowledged.
/// </summary>
internal sealed class RedisLedger(RedisConnection redis, RedisKeys keys, ShareOptions options)
{
    public const int SweepLimit = 256;

    /// <summary>Far longer than a share waits to be written once it has its room.</summary>
    private const long GraceMilliseconds = 120_000;

    /// <summary>The largest sum that Lua's numbers hold exactly.</summary>
    private const long MaxSum = 1L << 53;

    private RedisKey[] Keys { get; } = [keys.Held, keys.Used, keys.Due];

    /// <returns>False where it does not fit.</returns>
    public async Task<bool> ReserveAsync(ShareId id, long bytes) =>
        await RunAsync(Keys, [id.ToArray(), bytes, Max, GraceMilliseconds]) != BeginOutcome.StorageFull;

    public Task<BeginOutcome> ReserveAsync(NewUpload upload) => RunAsync(
        [.. Keys, keys.Network(upload.Network)],
        [
            upload.Id.ToArray(), upload.Length, Max, GraceMilliseconds, options.UploadsPerNetwork,
            (long)options.UploadIdle.TotalMilliseconds, (long)options.UploadAge.TotalMilliseconds,
        ]);

    /// <summary>Writes down what has become of them.</summary>
    public async Task SettleAsync(IReadOnlyCollection<LedgerEntry> entries)
    {
        if (entries.Count > 0)
            await redis.RunAsync(RedisScripts.Settle, Keys, Arguments(entries));
    }

    /// <summary>Writes down what has become of it; should that fail, the sweeper finds out later.</summary>
    public async Task TrySettleAsync(LedgerEntry entry)
    {
        try
        {
            await SettleAsync([entry]);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or StorageFullException)
        {
            // The share itself has been written, and that is what its caller asked for.
        }
    }

    /// <summary>Has the sweeper look then, and does not wait for that to be written.</summary>
    public void Schedule(ShareId id, DateTimeOffset due) =>
        redis.Send(RedisScripts.Settle, Keys, Arguments([LedgerEntry.Until(id, due)]));

    /// <summary>Until when an upload of this network may be silent; null where it has ended.</summary>
    public void SetNetwork(ShareId id, Verifier network, DateTimeOffset? sweepAt) => redis.Send(
        RedisScripts.Network,
        [keys.Network(network)],
        id.ToArray(),
        sweepAt is { } at ? at.ToUnixTimeMilliseconds() : RedisValue.EmptyString);

    public async Task<IReadOnlyList<ShareId>> ReadDueAsync()
    {
        var due = (byte[][]?)await redis.RunAsync(RedisScripts.Due, [keys.Due], SweepLimit);
        return [.. due!.Select(id => new ShareId(id))];
    }

    public async Task<long> ReadUsedAsync() => (long?)await redis.ReadAsync(keys.Used) ?? 0;

    private RedisValue Max => Math.Min(options.MaxStorage ?? MaxSum, MaxSum);

    private async Task<BeginOutcome> RunAsync(RedisKey[] reserved, RedisValue[] arguments) =>
        (string?)await redis.RunAsync(RedisScripts.Reserve, reserved, arguments) switch
        {
            "reserved" => BeginOutcome.Begun,
            "full" => BeginOutcome.StorageFull,
            "too many" => BeginOutcome.TooMany,
            "taken" => throw new StoreUnavailableException("Redis has something of this id already."),
            var other => throw RedisReply.NoOutcome("reserve", $"{other}"),
        };

    private static RedisValue[] Arguments(IReadOnlyCollection<LedgerEntry> entries) =>
        [.. entries.SelectMany(entry => new RedisValue[] { entry.Id.ToArray(), entry.Bytes, entry.Due })];
}

/// <summary>What something holds, and when the sweeper has to look at it next.</summary>
internal readonly record struct LedgerEntry
{
    public ShareId Id { get; private init; }

    /// <summary>Empty where it is as it was.</summary>
    public RedisValue Bytes { get; private init; }

    public RedisValue Due { get; private init; }

    public static LedgerEntry Holding(ShareId id, long bytes, DateTimeOffset due) =>
        new() { Id = id, Bytes = bytes, Due = due.ToUnixTimeMilliseconds() };

    public static LedgerEntry Until(ShareId id, DateTimeOffset due) =>
        new() { Id = id, Bytes = RedisValue.EmptyString, Due = due.ToUnixTimeMilliseconds() };

    public static LedgerEntry Ended(ShareId id, DateTimeOffset due) => Holding(id, 0, due);

    /// <summary>Behind all that are due now, should its blob not let itself be deleted.</summary>
    public static LedgerEntry EndedWithBlob(ShareId id) => new() { Id = id, Bytes = 0, Due = "now" };

    public static LedgerEntry Forgotten(ShareId id) => new() { Id = id, Bytes = 0, Due = RedisValue.EmptyString };
}
