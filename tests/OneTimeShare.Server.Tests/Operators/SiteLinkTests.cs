using Xunit;

namespace OneTimeShare.Server.Tests.Operators;

/// <summary>What stands at the foot of every page, where whoever runs the server wants it.</summary>
public sealed class SiteLinkTests
{
    [Fact]
    public async Task Every_page_links_to_what_is_set_and_to_nothing_else()
    {
        await using var server = await RunningServer.StartAsync(
            ("OTS_IMPRINT_URL", "https://example.org/imprint?a=1&b=\"2\""),
            ("OTS_FEEDBACK_URL", "mailto:operator@example.org"));
        foreach (string path in (string[])["", $"d/{Secret.NewToken()}", $"r/{Secret.NewToken()}", "no/such/page"])
        {
            using var response = await server.GetAsync(path, ServerWithOperator.Browser);
            string page = await response.TextAsync();
            Assert.Contains("href=\"https://example.org/imprint?a=1&amp;b=%222%22\"", page);
            Assert.Contains("href=\"mailto:operator@example.org\"", page);
            Assert.DoesNotContain("common.privacy", page);
        }
    }

    [Fact]
    public async Task Where_nothing_is_set_there_is_no_place_for_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var response = await server.GetAsync("", ServerWithOperator.Browser);
        Assert.DoesNotContain("site-links", await response.TextAsync());
    }
}
