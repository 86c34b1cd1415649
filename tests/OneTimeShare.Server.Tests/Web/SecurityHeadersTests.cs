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

    [Theory]
    [InlineData("assets/serviceWorker.js")]
    [InlineData("assets/envelopeWorker.js")]
    public async Task A_worker_is_there_and_may_serve_nothing_outside_its_folder(string path)
    {
        using var worker = await server.GetAsync(path);
        worker.Is(HttpStatusCode.OK);
        Assert.Null(worker.Header("Service-Worker-Allowed"));
    }

    [GeneratedRegex("""<script type="module"[^>]* src="/(?<path>assets/[a-z]+\.js)"></script>|<script""")]
    private static partial Regex AnyScript();

    [GeneratedRegex("""<[^>]+ (style|on[a-z]+)=""")]
    private static partial Regex InlineStyleOrHandler();
}
