using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Proxies;

/// <summary>The configuration in <c>deploy/</c>, by a real nginx before a real server.</summary>
public sealed class NginxTests : IAsyncLifetime
{
    private const int Large = 8_000_000;
    private const string FileName = "marker-of-the-name-9b1c.txt";

    private readonly TemporaryFolder _data = new();
    private ServerProcess? _server;
    private NginxProcess? _nginx;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HttpClient Client => _nginx!.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_nginx is not null)
            await _nginx.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _data.Dispose();
    }

    [Theory]
    [InlineData(false, "1.1")]
    [InlineData(false, "2.0")]
    [InlineData(true, "1.1")]
    [InlineData(true, "2.0")]
    public async Task What_goes_in_through_nginx_comes_out_once_and_no_log_knows_its_name_or_key(
        bool belowAPath, string version)
    {
        await StartAsync(belowAPath);
        Client.DefaultRequestVersion = Version.Parse(version);
        byte[] content = RandomNumberGenerator.GetBytes(Large);
        var created = await JsonAsync(Forms.Put(FileName, content), HttpStatusCode.Created);
        string link = (string)created["link"]!;
        Assert.StartsWith($"{_nginx!.Address}d/", link, StringComparison.Ordinal);
        string id = (string)created["id"]!, key = link.Split('#')[1];

        using (var page = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"d/{id}"), HttpStatusCode.OK))
            Assert.Equal("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single());
        using var mangled = await SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"d/{id}%23{key}"), HttpStatusCode.Found);
        Assert.StartsWith(
            $"{_nginx.Address.AbsolutePath}d/{id}?mangled#", mangled.Headers.Location!.OriginalString,
            StringComparison.Ordinal);
        using var taken = await SendAsync(Forms.Take(id, key), HttpStatusCode.OK);
        Assert.Equal(content, await taken.Content.ReadAsByteArrayAsync(Cancel));
        using var again = await SendAsync(Forms.Take(id, key), HttpStatusCode.Gone);

        await _server!.StopAsync();
        using var away = await SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"d/{id}%23{key}"), HttpStatusCode.BadGateway);
        Assert.Contains("POST /d 200", _nginx.Logs, StringComparison.Ordinal);
        foreach (string secret in (string[])[FileName, key, id])
            Assert.DoesNotContain(secret, _nginx.Logs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_large_reaches_the_server_while_it_is_being_sent()
    {
        await StartAsync();
        using var request = Forms.Put(FileName, RandomNumberGenerator.GetBytes(Large));
        var held = await HeldBackContent.InAsync(request, heldBack: Large / 2);
        var answer = Client.SendAsync(request, Cancel);
        await Eventually.HoldsAsync("half of it is there", () => DataFolder.PartLength(_data.Path) > Large / 4);
        held.Release();
        using var created = await answer;
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
    }

    [Fact]
    public async Task An_nginx_that_keeps_bodies_on_its_disk_is_found()
    {
        await StartAsync(change: text => text.Replace(
            "proxy_request_buffering off;", "proxy_request_buffering on;", StringComparison.Ordinal));
        using var refused = await SendAsync(Forms.Put("a.txt", new byte[Large]), HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task A_part_is_fetched_by_its_range_and_a_larger_secret_than_allowed_is_refused_by_the_server()
    {
        await StartAsync(settings: ("OTS_MAX_SIZE", "1MB"));
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(900_000));
        string id = (string)(await JsonAsync(secret.Create(), HttpStatusCode.Created))["id"]!;
        string token = Secret.NewToken();
        using var claim = await SendAsync(secret.Claim(id, token), HttpStatusCode.OK);
        using var part = await SendAsync(
            Secret.Fetch(id, token, new RangeHeaderValue(1_000, 700_000)), HttpStatusCode.PartialContent);
        Assert.Equal(secret.Records[1_000..700_001], await part.Content.ReadAsByteArrayAsync(Cancel));

        var problem = await JsonAsync(Forms.Put("a.txt", new byte[Large]), HttpStatusCode.RequestEntityTooLarge);
        Assert.Equal("/problems/too-large", (string)problem["type"]!);
    }

    [Fact]
    public async Task What_a_stranger_says_of_an_address_counts_for_nothing()
    {
        await StartAsync(settings: [("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "2/h")]);
        HttpStatusCode[] expected = [HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests];
        foreach (var (i, status) in expected.Index())
        {
            var request = Forms.Put("a.txt", [1, 2, 3]);
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            request.Headers.Add("Forwarded", $"for=203.0.113.{i};host=evil.example");
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            request.Headers.Add("X-Forwarded-Proto", "http");
            request.Headers.Add("X-Forwarded-Prefix", "/evil");
            var answer = await JsonAsync(request, status);
            if (status == HttpStatusCode.Created)
                Assert.StartsWith($"{_nginx!.Address}d/", (string)answer["link"]!, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_the_server_is_away_people_see_a_page_and_its_own_troubles_come_through_as_they_are(
        bool belowAPath)
    {
        await StartAsync(belowAPath);
        using (var other = new SqliteConnection($"Data Source={Path.Combine(_data.Path, "shares.db")};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            var secret = await Secret.SealAsync("the content");
            var problem = await JsonAsync(secret.Create(), HttpStatusCode.ServiceUnavailable);
            Assert.Equal("/problems/unavailable", (string)problem["type"]!);
        }

        await _server!.StopAsync();
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post])
        {
            using var away = await SendAsync(new HttpRequestMessage(method, "upload"), HttpStatusCode.BadGateway);
            Assert.Equal(TimeSpan.FromSeconds(5), away.Headers.RetryAfter!.Delta);
            Assert.True(away.Headers.CacheControl!.NoStore);
            Assert.Contains("does not answer", await away.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    private async Task StartAsync(
        bool belowAPath = false, Func<string, string>? change = null, params (string, string)[] settings)
    {
        int port = FreePorts.Next();
        (string, string)[] all = [("OTS_TRUSTED_PROXIES", "127.0.0.1"), .. settings];
        if (belowAPath)
            all = [.. all, ("OTS_BASE_URL", $"https://127.0.0.1:{port}/secrets")];
        _server = await ServerProcess.StartAsync(_data.Path, all);
        _nginx = await NginxProcess.StartAsync(port, _server.Client.BaseAddress!, belowAPath, change);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpStatusCode status)
    {
        using (request)
        {
            request.Version = Client.DefaultRequestVersion;
            var answer = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal(status, answer.StatusCode);
            return answer;
        }
    }

    private async Task<JsonObject> JsonAsync(HttpRequestMessage request, HttpStatusCode status)
    {
        using var answer = await SendAsync(request, status);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }
}
