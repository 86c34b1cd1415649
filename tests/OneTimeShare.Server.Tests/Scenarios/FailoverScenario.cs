using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Redis;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

public sealed class FailoverScenario(ITestOutputHelper output)
{
    private const int Senders = 6;
    private const int SharesThatBothKnow = 40;
    private const int ClaimsBeforeTheKill = 40;

    private static readonly HttpStatusCode[] Done = [HttpStatusCode.OK, HttpStatusCode.Created];

    private readonly ConcurrentBag<(string Id, Secret Secret)> _kept = [];
    private readonly ConcurrentBag<(string Id, Secret Secret)> _claimed = [];
    private int _claimedSince;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failover_under_load_delivers_nothing_twice() =>
        Assert.Equal(0, await CountSecondReadersAsync(_ => { }));

    /// <summary>The promise rests on the gate, and this scenario would find out.</summary>
    [Fact]
    public async Task Without_the_gate_the_same_delivers_twice() => Assert.NotEqual(
        0, await CountSecondReadersAsync(services => services.AddSingleton<IClaimGate>(new OpenGate())));

    private async Task<int> CountSecondReadersAsync(Action<IServiceCollection> services)
    {
        int twice = 0;
        for (int round = 0; round < Rounds.Or(1); round++)
        {
            _kept.Clear();
            _claimed.Clear();
            _claimedSince = 0;
            twice += await FailOverAsync(services);
        }
        return twice;
    }

    private async Task<int> FailOverAsync(Action<IServiceCollection> services)
    {
        using var redis = new WatchedRedis();
        using var folder = new TemporaryFolder();
        (string, string)[] settings = [("OTS_REDIS", redis.Connection), ("OTS_DATA", folder.Path)];
        await using var one = await RunningServer.StartAsync(services, settings);
        await using var other = await RunningServer.StartAsync(services, settings);
        for (int number = 0; number < SharesThatBothKnow; number++)
            _kept.Add(await CreateAsync(one));
        redis.WaitUntilTheReplicaHasAll();
        redis.CutTheReplicaOff();

        using var end = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, Senders).Select(
            number => Task.Run(() => CreateAndClaimAsync(number % 2 == 0 ? one : other, end.Token), Cancel)));
        RedisProcess.WaitUntil(() => Volatile.Read(ref _claimedSince) >= ClaimsBeforeTheKill);
        foreach (var (id, secret) in _kept)
            await ClaimAsync(one, id, secret, Cancel);
        redis.FailOver();
        // The clients go on meanwhile, and are served again.
        int before = _claimed.Count;
        RedisProcess.WaitUntil(() => _claimed.Count > before + Senders);
        await end.CancelAsync();
        await load;
        int twice = 0;
        foreach (var (id, secret) in _claimed)
            twice += await ClaimAsync(other, id, secret, Cancel, remember: false) == HttpStatusCode.OK ? 1 : 0;
        output.WriteLine($"{_claimed.Count} claimed, {twice} of them delivered twice.");
        return twice;
    }

    private async Task CreateAndClaimAsync(RunningServer server, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var (id, secret) = await CreateAsync(server);
            // Where only the master that is killed has known it, it is gone: 404.
            await ClaimAsync(server, id, secret, Cancel);
            Interlocked.Increment(ref _claimedSince);
        }
    }

    private static async Task<(string Id, Secret Secret)> CreateAsync(RunningServer server)
    {
        var secret = await Secret.SealAsync("hush");
        using var answer = await SendAsync(server, () => secret.Create());
        answer.Is(HttpStatusCode.Created);
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;
        return ((string)json["id"]!, secret);
    }

    /// <summary>By somebody new.</summary>
    private async Task<HttpStatusCode> ClaimAsync(
        RunningServer server, string id, Secret secret, CancellationToken cancellationToken, bool remember = true)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string token = Secret.NewToken();
        using var answer = await SendAsync(server, () => secret.Claim(id, token));
        if (remember && Done.Contains(answer.StatusCode))
            _claimed.Add((id, secret));
        return answer.StatusCode;
    }

    /// <summary>As a client does: again, while it is told to come back.</summary>
    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, Func<HttpRequestMessage> request)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var answer = await server.SendAsync(request());
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                return answer;
            Assert.NotNull(answer.Header("Retry-After"));
            answer.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
