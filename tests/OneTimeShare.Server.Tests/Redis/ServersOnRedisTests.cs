using System.Globalization;
using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Redis;

public sealed class ServersOnRedisTests
{
    [Fact]
    public async Task Two_servers_count_rates_together()
    {
        using var redis = OwnRedis.Safe();
        (string, string)[] settings =
            [("OTS_REDIS", redis.Process.Address), ("OTS_DATA", redis.Folder),
                ("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "2/h")];
        await using var one = await RunningServer.StartAsync(settings);
        await using var other = await RunningServer.StartAsync(settings);
        await one.CreateAsync(await Secret.SealAsync("hush"));
        await other.CreateAsync(await Secret.SealAsync("hush"));
        foreach (var server in (RunningServer[])[one, other])
        {
            using var refused = await server.SendAsync((await Secret.SealAsync("hush")).Create());
            await refused.ProblemAsync(429, "rate-limited");
            int seconds = int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture);
            Assert.InRange(seconds, 3_000, 3_600);
        }
    }

    [Fact]
    public async Task A_server_whose_redis_hangs_says_so_and_serves_again_by_itself()
    {
        using var redis = OwnRedis.Gated();
        await using var server = await RunningServer.StartAsync(("OTS_REDIS", redis.Process.Address));
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using (var ready = await server.GetAsync("health/ready"))
            ready.Is(HttpStatusCode.OK);

        redis.Process.Pause();
        using (var refused = await server.SendAsync(secret.Claim(id, Secret.NewToken())))
        {
            await refused.ProblemAsync(503, "unavailable");
            Assert.NotNull(refused.Header("Retry-After"));
        }
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        using (var notReady = await server.GetAsync("health/ready"))
            notReady.Is(HttpStatusCode.ServiceUnavailable);

        redis.Process.Resume();
        string token = Secret.NewToken();
        HttpStatusCode status;
        do
        {
            using var claim = await server.SendAsync(secret.Claim(id, token));
            status = claim.StatusCode;
        }
        while (status == HttpStatusCode.ServiceUnavailable);
        Assert.Equal(HttpStatusCode.OK, status);
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        using var again = await server.GetAsync("health/ready");
        again.Is(HttpStatusCode.OK);
    }
}
