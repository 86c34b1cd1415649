using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed partial class SecurityHeadersTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly (string, string) Browser = ("Accept", "text/html");

    [Fact]
    public async Task A_page_runs_its_own_scripts_and_can_make_none_of_a_text()
    {
        using var page = await server.GetAsync("", Browser);
        string[] policy = page.Header("Content-Security-Policy")!.Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self' 'wasm-unsafe-eval'", policy);
        Assert.Contains("worker-src 'self'", policy);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.Contains("require-trusted-types-for 'script'", policy);
        Assert.Contains("trusted-types onetimeshare", policy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("d/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("r/AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_page_has_a_script_that_is_there_and_none_within(string path)
    {
        using var page = await server.GetAsync(path, Browser);
        string html = await page.TextAsync();
        var script = Assert.Single(AnyScript().Matches(html));
        Assert.DoesNotContain("<style", html);
        Assert.DoesNotMatch(InlineStyleOrHandler(), html);
        using var found = await server.GetAsync(script.Groups["path"].Value);
        found.Is(HttpStatusCode.OK);
        Assert.Equal("text/javascript", found.Header("Content-Type"));
    }

    [Fact]
    public async Task The_service_worker_may_serve_the_pages_behind_links_and_no_script_else_may()
    {
        using var worker = await server.GetAsync("assets/serviceWorker.js");
        Assert.Equal("../d/", worker.Header("Service-Worker-Allowed"));
        using var other = await server.GetAsync("assets/envelopeWorker.js");
        Assert.Null(other.Header("Service-Worker-Allowed"));
    }

    [GeneratedRegex("""<script type="module"[^>]* src="/(?<path>assets/[a-z]+\.js)"></script>|<script""")]
    private static partial Regex AnyScript();

    [GeneratedRegex("""<[^>]+ (style|on[a-z]+)=""")]
    private static partial Regex InlineStyleOrHandler();
}
