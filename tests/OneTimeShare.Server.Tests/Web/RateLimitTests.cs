using System.Globalization;
using System.Net;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class RateLimitTests
{
    private static readonly (string, string)[] TwoAnHour =
        [("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "2/h"), ("OTS_RATE_OPEN", "3/h")];

    [Fact]
    public async Task Who_creates_too_often_is_told_when_to_come_again()
    {
        await using var server = await RunningServer.StartAsync(TwoAnHour);
        for (int i = 0; i < 2; i++)
            await server.CreateAsync(await Secret.SealAsync("hush"));
        var secret = await Secret.SealAsync("hush");
        foreach (var refused in (Task<HttpResponseMessage>[])
            [server.SendAsync(secret.Create()), server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("x"))])
        {
            using var response = await refused;
            await response.ProblemAsync(429, "rate-limited");
            int seconds = int.Parse(response.Header("Retry-After")!, CultureInfo.InvariantCulture);
            Assert.InRange(seconds, 1, 3_600);
        }
        using var policy = await server.GetAsync("api/v1/policy");
        policy.Is(HttpStatusCode.OK);
        using var preview = await server.SendAsync(secret.Preview(Secret.NewToken()));
        preview.Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("1/m", "60 seconds")]
    [InlineData("1/h", "60 minutes")]
    [InlineData("1/d", "24 hours")]
    public async Task A_page_says_for_how_long_to_wait(string rate, string wait)
    {
        await using var server = await RunningServer.StartAsync(("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", rate));
        await server.CreateAsync(await Secret.SealAsync("hush"));
        using var request = new HttpRequestMessage(HttpMethod.Put, "a.txt") { Content = new StringContent("x") };
        request.Headers.Accept.ParseAdd("text/html");

        using var refused = await server.SendAsync(request);

        refused.Is(HttpStatusCode.TooManyRequests);
        string page = await refused.TextAsync();
        Assert.Contains("<dt>Ask again in</dt>", page, StringComparison.Ordinal);
        Assert.Contains($"<dd>{wait}</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_opens_too_often_is_refused_at_every_door_and_may_still_fetch_and_acknowledge()
    {
        await using var server = await RunningServer.StartAsync(TwoAnHour);
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        using var preview = await server.SendAsync(secret.Preview(id));
        using var unlock = await server.SendAsync(secret.Unlock(id));
        using var claim = await server.SendAsync(secret.Claim(id, token));
        claim.Is(HttpStatusCode.OK);
        foreach (var request in (HttpRequestMessage[])
            [secret.Preview(id), secret.Unlock(id), secret.Claim(id, token), secret.Open(id)])
        {
            using var response = await server.SendAsync(request);
            await response.ProblemAsync(429, "rate-limited");
            request.Dispose();
        }
        using var content = await server.SendAsync(Secret.Fetch(id, token));
        content.Is(HttpStatusCode.OK);
        using var end = await server.SendAsync(Secret.End(id, token));
        end.Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_network_counts_as_one_behind_a_trusted_proxy_and_a_forged_address_does_not_help()
    {
        await using var server = await RunningServer.StartAsync(
            [.. TwoAnHour, ("OTS_TRUSTED_PROXIES", "127.0.0.0/8,10.0.0.7")]);
        await CreatesAsync(server, [201, 201, 429], "203.0.113.1", "203.0.113.1", "203.0.113.1");
        await CreatesAsync(server, [201], "203.0.113.2");
        await CreatesAsync(server, [429], "198.51.100.9, 203.0.113.1");
        await CreatesAsync(server, [429], "198.51.100.9, 203.0.113.1, 10.0.0.7");
        await CreatesAsync(server, [201, 201, 429], "2001:db8::1", "2001:db8::ffff:2", "2001:db8:0:0:1234::");
        await CreatesAsync(server, [201], "2001:db8:0:1::1");
    }

    [Fact]
    public async Task A_forged_address_does_not_help_without_a_proxy()
    {
        await using var server = await RunningServer.StartAsync(TwoAnHour);
        await CreatesAsync(server, [201, 201, 429], "203.0.113.1", "203.0.113.2", "203.0.113.3");
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7/32")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    public void A_network_is_an_ipv4_address_or_an_ipv6_64(string address, string network) =>
        Assert.Equal(IPNetwork.Parse(network), RateLimits.Network(IPAddress.Parse(address)));

    private static async Task CreatesAsync(RunningServer server, int[] statuses, params string[] forwardedFor)
    {
        foreach (var (status, address) in statuses.Zip(forwardedFor))
        {
            using var response = await server.SendAsync(
                HttpMethod.Put, "a.txt", new StringContent("hush"), ("X-Forwarded-For", address));
            Assert.Equal(status, (int)response.StatusCode);
        }
    }
}
