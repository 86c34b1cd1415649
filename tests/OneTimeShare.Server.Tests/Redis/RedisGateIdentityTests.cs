using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class RedisGateIdentityTests : IDisposable
{
    private readonly OwnRedis _redis = OwnRedis.Gated();
    private readonly TemporaryFolder _elsewhere = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _redis.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Servers_on_one_redis_with_one_folder_start()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _redis.OpenAsync()));
        foreach (var store in stores)
            await store.CheckAsync(Cancel);
    }

    [Fact]
    public async Task A_server_with_another_folder_does_not_start_and_says_what_to_do()
    {
        await _redis.OpenAsync();
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => _redis.OpenAsync(folder: _elsewhere.Path));
        Assert.Contains("the same OTS_DATA or the same bucket", refused.Message, StringComparison.Ordinal);
        Assert.Contains("ots:{ledger}:gate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redis_that_comes_back_empty_is_told_again_by_whoever_asks()
    {
        var store = await _redis.OpenAsync();
        string told = _redis.Process.Ask("GET", "ots:{ledger}:gate");
        _redis.Process.Ask("FLUSHALL");
        await store.CheckAsync(Cancel);
        Assert.Equal(told, _redis.Process.Ask("GET", "ots:{ledger}:gate"));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _redis.OpenAsync(folder: _elsewhere.Path));
    }

    [Fact]
    public async Task Where_the_old_folder_is_gone_for_good_the_new_one_is_taken_once_redis_has_been_told()
    {
        await _redis.OpenAsync();
        _redis.Process.Ask("DEL", "ots:{ledger}:gate");
        await (await _redis.OpenAsync(folder: _elsewhere.Path)).CheckAsync(Cancel);
    }

    [Fact]
    public async Task A_mark_whose_share_redis_has_lost_goes_though_nothing_else_ends()
    {
        var store = await _redis.OpenAsync();
        await store.ScrubAsync(Cancel);
        var share = await OwnRedis.PublishAsync(store);
        await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        string mark = Assert.Single(Marks());
        _redis.Process.Ask("FLUSHALL");
        await store.ScrubAsync(Cancel);
        Assert.Equal([mark], Marks());

        File.SetLastWriteTimeUtc(mark, File.GetLastWriteTimeUtc(mark).AddDays(-30));
        _redis.Process.Ask("FLUSHALL");
        await store.ScrubAsync(Cancel);
        Assert.Empty(Marks());
    }

    private string[] Marks() =>
        Directory.GetFiles(Path.Combine(_redis.Folder, "claims"), "*", SearchOption.AllDirectories);
}
