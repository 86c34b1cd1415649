using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>A Redis for one test, which may do to it what it likes; its clock is the machine's.</summary>
internal sealed class OwnRedis : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RedisShareStore> _stores = [];

    public OwnRedis(params string[] options) =>
        Process = new RedisProcess("redis-server", Path.Combine(_folder.Path, "redis"), clock: null, options);

    public RedisProcess Process { get; }

    /// <summary>Forgets nothing that it has acknowledged.</summary>
    public static OwnRedis Safe() => new("--appendonly", "yes", "--appendfsync", "always");

    /// <summary>May forget a second's worth, so that claims pass the second gate.</summary>
    public static OwnRedis Gated() => new("--appendonly", "yes", "--appendfsync", "everysec");

    /// <summary>Where its stores keep their marks.</summary>
    public string Folder => _folder.Path;

    /// <summary>With its marks in a folder of its own where one is named.</summary>
    public async Task<RedisShareStore> OpenAsync(string options = "", bool isUnsafe = false, string? folder = null)
    {
        var redis = new RedisOptions { Connection = Process.Address + options, Unsafe = isUnsafe };
        var store = new RedisShareStore(
            redis, new ShareOptions(), new DiskClaimGate(folder ?? _folder.Path), TimeProvider.System);
        _stores.Add(store);
        await store.BeginAsync();
        return store;
    }

    /// <summary>Tries until the store answers again, which it is to do by itself.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> act)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                return await act();
            }
            catch (StoreUnavailableException) when (!patience.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }
    }

    public static async Task<ShareSample> PublishAsync(RedisShareStore store, ShareSample? share = null)
    {
        share ??= ShareSample.OfOneRecord();
        Assert.NotNull(await store.PublishAsync(share.New, CancellationToken.None));
        return share;
    }

    /// <summary>Keeps what Redis knows of a share at this moment, for <see cref="Forget"/>.</summary>
    public void Remember(ShareSample share)
    {
        foreach (string part in (string[])["share", "content"])
            Assert.Equal("1\n", Process.Ask("COPY", Key(share, part), Key(share, part + ":then"), "REPLACE"));
    }

    /// <summary>Everything of a share that has happened since is lost, as a failover loses it.</summary>
    public void Forget(ShareSample share)
    {
        foreach (string part in (string[])["share", "content"])
            Assert.Equal("1\n", Process.Ask("COPY", Key(share, part + ":then"), Key(share, part), "REPLACE"));
    }

    public void Dispose()
    {
        foreach (var store in _stores)
            store.Dispose();
        Process.Dispose();
        _folder.Dispose();
    }

    private static string Key(ShareSample share, string part) => $"{RedisOptions.DefaultPrefix}{{{share.Id}}}:{part}";
}
