using System.Net;
using OneTimeShare.Server.Tests.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class CrossSiteTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    [InlineData("", 403)]
    [InlineData(null, 200)]
    public async Task Only_the_sites_own_pages_and_programs_take_a_share(string? site, int status)
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var request = secret.Open(id);
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        using var response = await server.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        using var receipt = await server.SendAsync(secret.Receipt(id));
        Assert.Equal(
            status == 200 ? "claimed" : "pending",
            (await receipt.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_refusal_is_a_page_for_a_browser()
    {
        using var response = await server.PostAsync(
            "upload", Form.Begin().Field("text", "x").ToContent(), ("Sec-Fetch-Site", "cross-site"),
            ("Accept", "text/html"));
        response.Is(HttpStatusCode.Forbidden);
        Assert.Contains("Another site", await response.TextAsync());
    }

    [Fact]
    public async Task No_other_site_may_read_an_answer()
    {
        foreach (var method in (HttpMethod[])[HttpMethod.Options, HttpMethod.Get])
        {
            using var response = await server.SendAsync(method, "api/v1/policy", null,
                ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));
            Assert.DoesNotContain(
                response.Headers.Concat(response.Content.Headers),
                header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        }
    }
}
