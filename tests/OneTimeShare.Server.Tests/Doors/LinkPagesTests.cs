using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed partial class LinkPagesTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly (string, string) Browser = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

    [Fact]
    public async Task The_page_behind_a_link_is_the_same_whether_there_is_such_a_share_or_not()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret), other = Secret.NewToken();
        using var there = await server.GetAsync($"d/{id}", Browser);
        using var notThere = await server.GetAsync($"d/{other}", Browser);
        there.Is(HttpStatusCode.OK);
        notThere.Is(HttpStatusCode.OK);
        Assert.Equal("text/html; charset=utf-8", there.Header("Content-Type"));
        Assert.Equal(
            ClaimToken().Replace((await there.TextAsync()).Replace(id, other), ""),
            ClaimToken().Replace(await notThere.TextAsync(), ""));
    }

    [Fact]
    public async Task A_page_has_a_claim_token_of_its_own_so_that_it_can_come_again()
    {
        string path = $"d/{Secret.NewToken()}";
        using var first = await server.GetAsync(path, Browser);
        using var second = await server.GetAsync(path, Browser);
        Assert.NotEqual(
            ClaimToken().Match(await first.TextAsync()).Value, ClaimToken().Match(await second.TextAsync()).Value);
    }

    [Fact]
    public async Task A_terminal_gets_the_line_that_takes_the_share()
    {
        string id = Secret.NewToken();
        using var response = await server.GetAsync($"d/{id}", ("Accept", "*/*"));
        Assert.Equal($"curl -fOJ -d key=KEY {server.Address}d/{id}\n", await response.TextAsync());
        Assert.Equal("text/plain; charset=utf-8", response.Header("Content-Type"));
    }

    [Theory]
    [InlineData("d")]
    [InlineData("r")]
    [InlineData("download")]
    public async Task An_id_that_cannot_be_one_is_not_here(string door)
    {
        foreach (string id in (string[])["x", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAAAA=", "%3Cscript%3E"])
        {
            using var response = await server.GetAsync($"{door}/{id}", Browser);
            response.Is(HttpStatusCode.NotFound);
            Assert.DoesNotContain("<script", await response.TextAsync());
        }
    }

    [Fact]
    public async Task A_link_mangled_by_a_mail_filter_is_mended_and_consumes_and_logs_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        foreach (string hash in (string[])["%23", "%23"])
        {
            using var response = await server.GetAsync($"d/{id}{hash}{secret.LinkKey}", Browser);
            response.Is(HttpStatusCode.Found);
            Assert.Equal($"/d/{id}?mangled#{secret.LinkKey}", response.Header("Location"));
        }
        using var page = await server.GetAsync($"d/{id}?mangled", Browser);
        Assert.Contains("The link was changed on its way", await page.TextAsync());
        server.Logs.AssertSilentAbout(secret.LinkKey, id);
        using var opened = await server.SendAsync(secret.Open(id));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Theory]
    [InlineData("x%23y")]
    [InlineData("%23")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA%23")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA%23AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA%23%0D%0ALocation:x")]
    public async Task What_is_no_mangled_link_goes_nowhere(string path)
    {
        using var response = await server.GetAsync($"d/{path}", Browser);
        response.Is(HttpStatusCode.NotFound);
        Assert.Null(response.Header("Location"));
    }

    [Fact]
    public async Task A_link_of_the_first_days_leads_to_its_new_place()
    {
        string id = Secret.NewToken();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Post])
        {
            using var response = await server.SendAsync(method, $"download/{id}", null);
            response.Is(HttpStatusCode.PermanentRedirect);
            Assert.Equal($"/d/{id}", response.Header("Location"));
        }
    }

    [Fact]
    public async Task The_first_page_says_what_the_server_takes()
    {
        using var response = await server.GetAsync("", Browser);
        string page = await response.TextAsync();
        response.Is(HttpStatusCode.OK);
        Assert.Contains("20 MB", page);
        Assert.Contains("<option value=\"5h\" selected", page);
        Assert.DoesNotContain(" style=", page);
    }

    [Theory]
    [InlineData("info/AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("list-files")]
    [InlineData("stats")]
    [InlineData("stats-json")]
    [InlineData("admin")]
    [InlineData("metrics")]
    [InlineData("api/v1")]
    [InlineData("api/v1/uploads")]
    [InlineData("api/v2/policy")]
    [InlineData("index.html")]
    [InlineData(".git/config")]
    [InlineData("a/b/c")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var program = await server.GetAsync(path);
        await program.ProblemAsync(404, "not-found");
        using var browser = await server.GetAsync(path, Browser);
        browser.Is(HttpStatusCode.NotFound);
        Assert.Equal(
            path.StartsWith("api", StringComparison.Ordinal) ? "application/problem+json" : "text/html",
            browser.Content.Headers.ContentType?.MediaType);
    }

    [GeneratedRegex("name=\"claim_token\" value=\"[\\w-]{22}\"")]
    private static partial Regex ClaimToken();
}
