using OneTimeShare.Server.Tests.Processes;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>The same race between two processes on one Redis, through the second gate.</summary>
public sealed class OneWinnerOnRedisTests : OneWinnerTests
{
    private readonly OwnRedis _redis = OwnRedis.Gated();

    private protected override (string Name, string Value)[] Settings => [("OTS_REDIS", _redis.Process.Address)];

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _redis.Dispose();
    }
}
