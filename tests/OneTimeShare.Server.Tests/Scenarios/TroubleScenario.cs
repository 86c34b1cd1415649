using System.Diagnostics;
using System.Net;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Redis;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>All that befalls a Redis, again and again, under two servers.</summary>
public sealed class TroubleScenario(ITestOutputHelper output) : IAsyncDisposable
{
    private readonly OwnRedis _redis = OwnRedis.Gated();
    private TimeSpan _slowest;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_redis_in_trouble_is_503_and_then_all_goes_on_with_no_thread_and_no_connection_more()
    {
        await using var servers = await Instances.StartAsync(2, _redis.Process.Address);
        await PlayAsync(servers);
        await AssertReadinessFollowsAsync(servers[0]);
        var before = await CountAsync(servers);
        for (int round = 0; round < Rounds.Or(1); round++)
            await PlayAsync(servers);
        var after = await CountAsync(servers);
        string counts = $"before: {before}; after: {after}";
        output.WriteLine($"The slowest refusal took {_slowest.TotalMilliseconds:0} ms; {counts}");
        Assert.Equal(before.Connections, after.Connections);
        // Threads and handles of the pool come and go by a few; one for each trouble would be many more.
        int few = Rounds.AreWhole ? 16 : 32;
        Assert.True(after.Threads <= before.Threads + few && after.Handles <= before.Handles + few, counts);
        if (Rounds.AreWhole)
            Assert.True(_slowest < TimeSpan.FromSeconds(2), $"A refusal took {_slowest}");
    }

    private async Task PlayAsync(Instances servers)
    {
        await StrikeAsync(servers, _redis.Process.KillOnceWritten, () => _redis.Process.Restart());
        await StrikeAsync(servers, _redis.Process.Pause, _redis.Process.Resume);
        await StrikeAsync(servers, Shut, () => _redis.Process.AskWith("hush", "CONFIG", "SET", "requirepass", ""));
        await StrikeAsync(servers, Fill, () => _redis.Process.Ask("CONFIG", "SET", "maxmemory", "0"), isFull: true);
        await ComeBackEmptyAsync(servers);
    }

    private void Shut()
    {
        _redis.Process.Ask("CONFIG", "SET", "requirepass", "hush");
        _redis.Process.AskWith("hush", "CLIENT", "KILL", "TYPE", "normal");
    }

    private void Fill() => _redis.Process.Ask("CONFIG", "SET", "maxmemory", "1");

    /// <summary>Nobody is told of a success meanwhile, and what there was is there after it.</summary>
    private async Task StrikeAsync(Instances servers, Action strike, Action mend, bool isFull = false)
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        string id = await CreateAsync(servers[0], secret);
        strike();
        string token = Secret.NewToken();
        var refused = await Task.WhenAll(Enumerable.Range(0, 8).Select(async number =>
        {
            var fresh = await Secret.SealAsync(new byte[number % 2 == 0 ? 100 : 100_000]);
            return await RefuseAsync(servers[number], fresh.Create());
        }));
        Assert.All(refused, status => Assert.Equal(
            isFull ? HttpStatusCode.InsufficientStorage : HttpStatusCode.ServiceUnavailable, status));
        if (!isFull)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefuseAsync(servers[1], secret.Claim(id, token)));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await RefuseAsync(servers[0], secret.Preview(id)));
        }
        mend();
        foreach (int number in (int[])[0, 1])
            await UntilServedAsync(servers[number], () => secret.Claim(id, token), HttpStatusCode.OK);
        await UntilServedAsync(servers[1], () => Secret.End(id, token), HttpStatusCode.NoContent);
    }

    private async Task ComeBackEmptyAsync(Instances servers)
    {
        var secret = await Secret.SealAsync("hush");
        string id = await CreateAsync(servers[0], secret);
        _redis.Process.Kill();
        _redis.Process.Restart(empty: true);
        foreach (int number in (int[])[0, 1])
            await UntilServedAsync(servers[number], () => secret.Preview(id), HttpStatusCode.NotFound);
    }

    private async Task AssertReadinessFollowsAsync(ServerProcess server)
    {
        _redis.Process.Kill();
        await Eventually.HoldsAsync("it is not ready",
            async () => await server.GetStatusAsync("health/ready") == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
        _redis.Process.Restart();
        await Eventually.HoldsAsync("it is ready again by itself",
            async () => await server.GetStatusAsync("health/ready") == HttpStatusCode.OK);
    }

    private static async Task<string> CreateAsync(ServerProcess server, Secret secret)
    {
        using var answer = await UntilServedAsync(server, () => secret.Create(), HttpStatusCode.Created);
        return answer.Headers.Location!.OriginalString.Split('/')[^1];
    }

    private async Task<HttpStatusCode> RefuseAsync(ServerProcess server, HttpRequestMessage request)
    {
        long start = Stopwatch.GetTimestamp();
        using var answer = await server.Client.SendAsync(request, Cancel);
        var took = Stopwatch.GetElapsedTime(start);
        lock (_redis)
            _slowest = took > _slowest ? took : _slowest;
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            Assert.NotNull(answer.Headers.RetryAfter);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> UntilServedAsync(
        ServerProcess server, Func<HttpRequestMessage> request, HttpStatusCode status)
    {
        HttpResponseMessage? answer = null;
        await Eventually.HoldsAsync("it serves again by itself", async () =>
        {
            answer?.Dispose();
            answer = await server.Client.SendAsync(request(), Cancel);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        });
        Assert.Equal(status, answer!.StatusCode);
        return answer;
    }

    private async Task<(int Threads, int Handles, int Connections)> CountAsync(Instances servers)
    {
        int threads = 0, handles = 0;
        foreach (int number in (int[])[0, 1])
        {
            string process = $"/proc/{servers[number].Id}";
            threads += Directory.GetDirectories($"{process}/task").Length;
            handles += Directory.GetFileSystemEntries($"{process}/fd").Length;
        }
        await Eventually.HoldsAsync("each server has its connections", () => Connections() % 2 == 0);
        return (threads, handles, Connections());
    }

    private int Connections() =>
        _redis.Process.Ask("CLIENT", "LIST").Split('\n').Count(line => line.Contains("name=ots-server"));
}
