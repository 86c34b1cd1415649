using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class UploadAnswerTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("text/plain")]
    [InlineData("application/json;q=0, */*")]
    public async Task A_terminal_gets_lines_of_which_the_first_is_exactly_the_link(string? accept)
    {
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];
        using var response = await server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("hush"), headers);
        response.Is(HttpStatusCode.Created);
        Assert.Equal("text/plain; charset=utf-8", response.Header("Content-Type"));
        string[] lines = (await response.TextAsync()).Split('\n');
        string id = lines[0].Split('/')[^1].Split('#')[0], key = lines[0].Split('#')[1];
        Assert.Equal(4, lines.Length);
        Assert.Equal($"{server.Address}d/{id}#{key}", lines[0]);
        Assert.StartsWith($"{server.Address}r/{id}#", lines[1]);
        Assert.Equal($"curl -fOJ -d key={key} {server.Address}d/{id}", lines[2]);
        Assert.Equal("", lines[3]);
        using var opened = await server.SendAsync(Secret.Open(id, key, null, null));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Fact]
    public async Task The_line_for_a_terminal_asks_for_a_passphrase_where_there_is_one()
    {
        using var response = await server.SendAsync(
            HttpMethod.Put, "a.txt", new StringContent("hush"), ("OTS-Passphrase", "a passphrase"));
        string text = await response.TextAsync();
        Assert.Contains(" --data-urlencode passphrase=PASSPHRASE ", text);
        Assert.DoesNotContain("a passphrase", text);
    }

    [Fact]
    public async Task A_browser_gets_a_page_with_the_links()
    {
        using var response = await server.PostAsync(
            "upload", Form.Begin().File("a.txt", "hush").ToContent(), ("Accept", "text/html,application/json;q=0.9"));
        response.Is(HttpStatusCode.Created);
        Assert.Equal("text/html; charset=utf-8", response.Header("Content-Type"));
        string page = await response.TextAsync();
        Assert.Contains($"{server.Address}d/", page);
        Assert.Contains($"{server.Address}r/", page);
    }

    [Theory]
    [InlineData("text/html;q=0.1, application/json", "application/json; charset=utf-8")]
    [InlineData("application/json;q=0.5, text/html;q=0.6", "text/html; charset=utf-8")]
    [InlineData("text/html, application/json", "text/html; charset=utf-8")]
    [InlineData("text/html;q=0, application/json;q=0", "text/plain; charset=utf-8")]
    public async Task What_is_accepted_with_more_weight_is_sent(string accept, string type)
    {
        using var response = await server.SendAsync(
            HttpMethod.Put, "a.txt", new StringContent("hush"), ("Accept", accept));
        response.Is(HttpStatusCode.Created);
        Assert.Equal(type, response.Header("Content-Type"));
    }

    [Theory]
    [InlineData("https://share.example.org", "https://share.example.org/", "")]
    [InlineData("https://example.org/sub/path/", "https://example.org/sub/path/", "/sub/path")]
    [InlineData("https://bücher.example/a%20b", "https://xn--bcher-kva.example/a%20b/", "/a%20b")]
    public async Task A_link_is_made_from_the_address_that_people_use(string baseUrl, string start, string path)
    {
        await using var other = await RunningServer.StartAsync(("OTS_BASE_URL", baseUrl));
        foreach (string below in (string[])["", path.TrimStart('/') + "/"])
        {
            using var response = await other.SendAsync(
                HttpMethod.Put, below.TrimStart('/') + "a.txt", new StringContent("hush"), ("Host", "evil.example"),
                ("X-Forwarded-Host", "evil.example"));
            response.Is(HttpStatusCode.Created);
            string text = await response.TextAsync();
            Assert.StartsWith(start + "d/", text);
            Assert.DoesNotContain("evil", text);
        }
        var secret = await Secret.SealAsync("hush");
        using var created = await other.SendAsync(secret.Create());
        Assert.StartsWith($"{path}/api/v1/shares/", created.Header("Location"));
        using var page = await other.GetAsync("", ("Accept", "text/html"));
        Assert.Contains($"action=\"{path}/upload\"", await page.TextAsync());
        using var mangled = await other.GetAsync($"d/{Secret.NewToken()}%23{secret.LinkKey}");
        Assert.StartsWith($"{path}/d/", mangled.Header("Location"));
    }

    [Fact]
    public async Task What_a_stranger_says_of_a_proxy_is_ignored()
    {
        using var response = await server.SendAsync(
            HttpMethod.Put, "a.txt", new StringContent("hush"), ("X-Forwarded-Host", "evil.example"),
            ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/evil"), ("X-Forwarded-For", "6.6.6.6"));
        Assert.StartsWith($"{server.Address}d/", await response.TextAsync());
    }

    [Fact]
    public async Task What_a_trusted_proxy_says_counts()
    {
        await using var behind = await RunningServer.StartAsync(("OTS_TRUSTED_PROXIES", "127.0.0.1, ::1"));
        using var response = await behind.SendAsync(
            HttpMethod.Put, "a.txt", new StringContent("hush"), ("X-Forwarded-Host", "share.example.org"),
            ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/sub"), ("X-Forwarded-For", "6.6.6.6"));
        Assert.StartsWith("https://share.example.org/sub/d/", await response.TextAsync());
        Assert.Equal("max-age=31536000", response.Header("Strict-Transport-Security"));
    }
}
