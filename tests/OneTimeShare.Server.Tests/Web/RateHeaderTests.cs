using System.Net;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>What an answer says of the rate that its request counts for.</summary>
public sealed class RateHeaderTests
{
    private static readonly (string, string)[] TwoAnHour =
        [("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "2/h"), ("OTS_RATE_OPEN", "3/m")];

    [Fact]
    public async Task Every_answer_of_a_limited_door_says_what_is_left_and_until_when()
    {
        await using var server = await RunningServer.StartAsync(TwoAnHour);
        foreach (var (status, left) in ((int, int)[])[(201, 1), (201, 0), (429, 0)])
        {
            using var response = await server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"));
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal("\"create\";q=2;w=3600", response.Header("RateLimit-Policy"));
            Assert.Equal($"\"create\";r={left};t=3600", response.Header("RateLimit"));
            Assert.Equal(status == 429 ? "3600" : null, response.Header("Retry-After"));
        }
        server.Clock.Advance(TimeSpan.FromSeconds(20));
        using var preview = await server.GetAsync($"api/v1/shares/{Secret.NewToken()}");
        Assert.Equal("\"open\";q=3;w=60", preview.Header("RateLimit-Policy"));
        Assert.Equal("\"open\";r=2;t=60", preview.Header("RateLimit"));
        server.Clock.Advance(TimeSpan.FromSeconds(20.5));
        using var again = await server.GetAsync($"api/v1/shares/{Secret.NewToken()}");
        Assert.Equal("\"open\";r=1;t=40", again.Header("RateLimit"));
    }

    [Fact]
    public async Task When_the_window_is_over_the_next_one_begins_with_the_next_request()
    {
        await using var server = await RunningServer.StartAsync(TwoAnHour);
        foreach (int status in (int[])[201, 201, 429, 429])
        {
            using var response = await server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"));
            Assert.Equal(status, (int)response.StatusCode);
        }
        server.Clock.Advance(TimeSpan.FromHours(1));
        using var later = await server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"));
        later.Is(HttpStatusCode.Created);
        Assert.Equal("\"create\";r=1;t=3600", later.Header("RateLimit"));
    }

    [Fact]
    public async Task A_door_without_a_limit_says_nothing_of_one_and_nor_does_a_server_without()
    {
        await using var limited = await RunningServer.StartAsync(TwoAnHour);
        await using var unlimited = await RunningServer.StartAsync();
        using var policy = await limited.GetAsync("api/v1/policy");
        using var created = await unlimited.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"));
        foreach (var response in (HttpResponseMessage[])[policy, created])
        {
            Assert.Null(response.Header("RateLimit"));
            Assert.Null(response.Header("RateLimit-Policy"));
        }
    }

    [Fact]
    public async Task Networks_beyond_what_is_remembered_are_counted_together_until_windows_have_ended()
    {
        var clock = new FakeTimeProvider();
        var rates = new ProcessRates(clock);
        for (int number = 0; number < ProcessRates.MaxWindows; number++)
            Assert.Equal(1, await CountAsync(number));
        Assert.Equal(2, await CountAsync(0));
        Assert.Equal(1, await CountAsync(ProcessRates.MaxWindows));
        Assert.Equal(2, await CountAsync(ProcessRates.MaxWindows + 1));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await CountAsync(ProcessRates.MaxWindows));
        Assert.Equal(1, await CountAsync(ProcessRates.MaxWindows + 1));

        async Task<long> CountAsync(int number) => (await rates.CountAsync(
            "create", new IPNetwork(IPAddress.Parse($"2001:db8:{number >> 16:x}:{number & 0xffff:x}::"), 64),
            TimeSpan.FromHours(1))).Count;
    }

    [Fact]
    public async Task Requests_at_the_same_moment_are_each_counted_once()
    {
        var rates = new ProcessRates(TimeProvider.System);
        var network = IPNetwork.Parse("203.0.113.7/32");
        var counts = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(
            async () => (await rates.CountAsync("create", network, TimeSpan.FromHours(1))).Count)));
        Assert.Equal(Enumerable.Range(1, 1_000).Select(count => (long)count), counts.Order());
    }
}
