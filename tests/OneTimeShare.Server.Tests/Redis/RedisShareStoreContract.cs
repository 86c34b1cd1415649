using System.Security.Cryptography;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>What every share store promises, of one in Redis: each test has a prefix of its own.</summary>
public abstract class RedisShareStoreContract(RedisSetup redis, bool isGated) : ShareStoreContract
{
    private readonly string _prefix = $"{RandomNumberGenerator.GetHexString(8)}:";
    private readonly TemporaryFolder _folder = new();

    private protected override IShareStore Open(ShareOptions options)
    {
        // Patient, since a test on a busy machine is not about how long things take.
        var connection = new RedisOptions
        {
            Connection = redis.Connection,
            Prefix = _prefix,
            Patience = TimeSpan.FromSeconds(30),
        };
        var store = new RedisShareStore(connection, options, new DiskClaimGate(_folder.Path), TimeProvider.System);
        store.BeginAsync().GetAwaiter().GetResult();
        Assert.Equal(isGated, store.IsGated);
        return store;
    }

    private protected override ValueTask AdvanceAsync(TimeSpan time)
    {
        redis.Advance(time);
        return ValueTask.CompletedTask;
    }

    private protected override byte[] ReadRaw() => redis.ReadRaw();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class AloneRedisTests(AloneRedis redis)
    : RedisShareStoreContract(redis, isGated: false), IClassFixture<AloneRedis>;

public sealed class RedisWithSentinelsTests(RedisWithSentinels redis)
    : RedisShareStoreContract(redis, isGated: true), IClassFixture<RedisWithSentinels>;

public sealed class RedisClusterTests(RedisCluster redis)
    : RedisShareStoreContract(redis, isGated: true), IClassFixture<RedisCluster>;
