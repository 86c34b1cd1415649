using System.Net;
using System.Text.RegularExpressions;
using OneTimeShare.Server.Tests.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>Below a path everything leads to something below that path, and to something that is there.</summary>
public sealed partial class SubPathTests : IAsyncLifetime
{
    private static readonly (string, string) Browser = ("Accept", "text/html");
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(
        ("OTS_BASE_URL", "https://share.example/a/path"), ("OTS_ADMIN_PASSWORD", "correct horse battery"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_address_on_every_page_is_below_the_path_and_leads_somewhere()
    {
        string id = Secret.NewToken();
        using var made = await _server.PostAsync(
            "a/path/upload", Form.Begin().Field("text", "hush").ToContent(), Browser);
        var pages = new List<string> { await made.TextAsync() };
        foreach (string path in (string[])["", $"d/{id}", $"r/{id}", "no/such/page", "admin/sign-in"])
        {
            using var page = await _server.GetAsync("a/path/" + path, Browser);
            pages.Add(await page.TextAsync());
        }
        string[] addresses = [.. pages.SelectMany(page => Address().Matches(page))
            .Select(match => WebUtility.HtmlDecode(match.Groups["address"].Value)).Distinct()];
        Assert.True(addresses.Length > 8, string.Join(' ', addresses));
        foreach (string address in addresses.Where(address => !address.StartsWith('#')))
        {
            Assert.StartsWith("/a/path/", address);
            using var found = await _server.GetAsync(address, Browser);
            Assert.True(found.StatusCode is not HttpStatusCode.NotFound || IsForm(address), address);
        }
    }

    [Fact]
    public async Task Every_redirect_stays_below_the_path()
    {
        string id = Secret.NewToken();
        var secret = await Secret.SealAsync("hush");
        foreach (string path in (string[])[$"download/{id}", $"d/{id}%23{secret.LinkKey}", "admin"])
        {
            using var response = await _server.GetAsync("a/path/" + path, Browser);
            Assert.InRange((int)response.StatusCode, 301, 308);
            Assert.StartsWith("/a/path/", response.Header("Location"));
        }
    }

    [Fact]
    public async Task The_operators_cookie_is_for_what_is_below_the_path_and_for_TLS_where_people_use_it()
    {
        using var response = await _server.PostAsync(
            "a/path/admin/sign-in", new FormUrlEncodedContent([new("password", "correct horse battery")]), Browser);
        Assert.Equal("/a/path/admin", response.Header("Location"));
        Assert.EndsWith("; path=/a/path/; secure; samesite=strict; httponly", response.Header("Set-Cookie"));
    }

    [Fact]
    public async Task A_service_worker_and_its_scope_are_where_the_pages_look_for_them()
    {
        foreach (string script in (string[])["serviceWorker.js", "envelopeWorker.js", "share.js", "site.css"])
        {
            using var response = await _server.GetAsync("a/path/assets/" + script);
            response.Is(HttpStatusCode.OK);
            Assert.Null(response.Header("Service-Worker-Allowed"));
        }
    }

    private static bool IsForm(string address) => address.EndsWith("/upload", StringComparison.Ordinal);

    [GeneratedRegex("""\s(href|src|action)="(?<address>[^"]*)""")]
    private static partial Regex Address();
}
