using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>
/// What is promised of every route, asked of every route that there is: a new one is held to it by itself. The headers
/// themselves are looked at by <see cref="CheckedHeaders"/>.
/// </summary>
public sealed class EveryRouteTests(ServerWithOperator server) : IClassFixture<ServerWithOperator>
{
    private static readonly string[] Accepts = ["*/*", "text/html", "application/json", "nonsense"];

    [Fact]
    public async Task Every_answer_has_its_headers_and_no_error_is_the_servers()
    {
        int asked = 0;
        foreach (var (method, path) in Routes())
        {
            foreach (string accept in Accepts)
            {
                foreach (string? site in (string?[])[null, "same-origin", "cross-site"])
                {
                    (string, string)[] headers = site is null ? [] : [("Sec-Fetch-Site", site)];
                    using var response = await server.SendAsync(
                        new HttpMethod(method), path, null, [("Accept", accept), .. headers]);
                    Assert.True((int)response.StatusCode < 500, $"{method} {path} {response.StatusCode}");
                    if (accept == "text/html" && (int)response.StatusCode >= 400 && method != "HEAD")
                        await AssertIsForPeopleAsync(response, path);
                    asked++;
                }
            }
        }
        Assert.True(asked > 200, $"{asked}");
    }

    [Fact]
    public async Task Every_answer_that_came_by_TLS_asks_for_TLS_from_then_on_and_no_other_does()
    {
        await using var behind = await RunningServer.StartAsync(("OTS_TRUSTED_PROXIES", "127.0.0.1,::1"));
        foreach (var (method, path) in Routes())
        {
            foreach (string scheme in (string[])["https", "http"])
            {
                using var response = await behind.SendAsync(
                    new HttpMethod(method), path, null, ("X-Forwarded-Proto", scheme));
                Assert.Equal(
                    scheme == "https" ? "max-age=31536000" : null, response.Header("Strict-Transport-Security"));
            }
        }
        using var nowhere = await behind.GetAsync("no/such/place", ("X-Forwarded-Proto", "https"));
        Assert.Equal("max-age=31536000", nowhere.Header("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Every_get_answers_head_with_the_same_status_and_no_body()
    {
        var gets = Routes().Where(route => route.Method == "GET").ToList();
        Assert.NotEmpty(gets);
        foreach (var (_, path) in gets)
        {
            using var get = await server.GetAsync(path);
            using var head = await server.SendAsync(HttpMethod.Head, path, null);
            Assert.True(get.StatusCode == head.StatusCode, path);
            Assert.Equal(get.Header("Content-Type"), head.Header("Content-Type"));
            Assert.Empty(await head.BytesAsync());
        }
    }

    [Fact]
    public async Task Every_route_refuses_what_another_site_makes_a_browser_send()
    {
        foreach (var (method, path) in Routes().Where(route => route.Method is not ("GET" or "HEAD" or "OPTIONS")))
        {
            foreach (string site in (string[])["cross-site", "same-site", "nonsense"])
            {
                using var response = await server.SendAsync(
                    new HttpMethod(method), path, null, ("Sec-Fetch-Site", site));
                await response.ProblemAsync(403, "cross-site");
            }
        }
    }

    [Fact]
    public async Task A_known_address_with_another_method_is_not_found_or_not_allowed()
    {
        foreach (var (_, path) in Routes())
        {
            using var response = await server.SendAsync(new HttpMethod("PROPFIND"), path, null);
            Assert.True((int)response.StatusCode is 404 or 405, path);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task The_styles_of_the_pages_are_there()
    {
        using var home = await server.GetAsync("", ("Accept", "text/html"));
        string page = await home.TextAsync();
        Assert.Contains("href=\"/assets/site.css\"", page);
        using var styles = await server.GetAsync("assets/site.css");
        Assert.Equal("text/css", styles.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(await styles.BytesAsync());
    }

    private static async Task AssertIsForPeopleAsync(HttpResponseMessage response, string path)
    {
        bool isPage = !path.StartsWith("api/", StringComparison.Ordinal);
        string? type = response.Content.Headers.ContentType?.MediaType;
        Assert.True(type == (isPage ? "text/html" : "application/problem+json"), $"{path} {type}");
        if (isPage)
            Assert.Contains($"Error {(int)response.StatusCode}", await response.TextAsync());
    }

    private IEnumerable<(string Method, string Path)> Routes() =>
        from endpoint in server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!.TrimStart('/')
        let path = pattern.Replace("{id}", Secret.NewToken()).Replace("{name?}", "a.txt").Replace("{name}", "a.txt")
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        group endpoint by (method, path) into route
        select route.Key;
}
