using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Blobs;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Redis;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>What has expired leaves all places, by its name: nothing lists what there is.</summary>
public sealed class ExpiryScenario(ITestOutputHelper output) : IDisposable
{
    private const int Living = 20;

    // Every command by which one could look through what Redis has.
    // HKEYS is not one of them: by it the counts forget old hours, in one key of bounded length, once an hour.
    private static readonly string[] Listing =
        ["keys", "scan", "hscan", "sscan", "zscan", "hgetall", "hvals", "smembers", "zrange", "randomkey"];

    private readonly GatedRedis _redis = new();
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _redis.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task From_redis_and_the_folder()
    {
        var blobs = new CountedLists(new DiskBlobStore(_folder.Path));
        await PlayAsync(
            services => services.AddSingleton<IBlobStore>(blobs), [], () => BlobsIn(_folder.Path), () => blobs.Lists);
    }

    /// <summary>The key may not list the bucket at all.</summary>
    [Fact]
    public async Task From_redis_and_the_bucket()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        await S3Server.AllowFewAsync(bucket);
        await PlayAsync(
            _ => { }, S3Server.Settings(bucket with { AccessKey = "few", SecretKey = "fewfew" }),
            async () => (await S3Server.ListAsync(bucket)).Count(
                key => key.StartsWith("blobs/", StringComparison.Ordinal)),
            () => 0);
    }

    private async Task PlayAsync(
        Action<IServiceCollection> services, (string, string)[] settings, Func<Task<int>> countBlobs, Func<int> lists)
    {
        int expiring = Rounds.Or(60);
        (string, string)[] all = [("OTS_REDIS", _redis.Connection), ("OTS_DATA", _folder.Path), .. settings];
        await using var server = await RunningServer.StartAsync(services, all);
        await CreateAsync(server, Living, "?ttl=86400");
        await CreateAsync(server, expiring, "?ttl=3600");
        Assert.Equal((Living + expiring) / 2, await countBlobs());
        int listsBefore = lists();
        _redis.Ask("CONFIG", "RESETSTAT");

        _redis.Advance(TimeSpan.FromHours(2));
        await SweepUntilAsync(Living / 2);

        string commands = _redis.Ask("INFO", "commandstats");
        Assert.Equal(listsBefore, lists());
        Assert.Contains("cmdstat_evalsha:", commands, StringComparison.Ordinal);
        Assert.All(Listing, name => Assert.DoesNotContain($"cmdstat_{name}:", commands, StringComparison.Ordinal));
        // Only now, since this lists.
        Assert.Equal(Living, CountKeys("content"));
        output.WriteLine($"{expiring} expired beside {Living} that live.");

        // The others expire, too, and what is remembered of the first is over.
        _redis.Advance(TimeSpan.FromDays(7.1));
        await SweepUntilAsync(0);
        Assert.Equal(Living, CountKeys("share"));

        // A sweep for which Redis or the bucket is too slow is put off, and the next one goes on.
        Task SweepUntilAsync(int left) => Eventually.HoldsAsync("what has expired is gone", async () =>
        {
            await server.Services.GetRequiredService<SweepShares>().SweepAsync(Cancel);
            return await countBlobs() == left;
        });
    }

    private static async Task CreateAsync(RunningServer server, int count, string query)
    {
        for (int number = 0; number < count; number++)
        {
            var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(number % 2 == 0 ? 100 : 70_000));
            using var answer = await server.SendAsync(secret.Create(query));
            answer.Is(HttpStatusCode.Created);
        }
    }

    private int CountKeys(string part) =>
        _redis.Ask("KEYS", $"*:{part}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static Task<int> BlobsIn(string folder) => Task.FromResult(DataFolder.Blobs(folder).Length);
}
