using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OneTimeShare.Server.Tests.Processes;
using Xunit;

namespace OneTimeShare.Server.Tests.Operators;

/// <summary>Numbers for Prometheus, which say what was asked by the routes' names alone.</summary>
public sealed partial class MetricsTests
{
    private const string Token = "scrape me";

    [Fact]
    public async Task The_token_or_the_password_reads_them_and_to_everybody_else_there_is_nothing()
    {
        await using var both = await RunningServer.StartAsync(
            ("OTS_METRICS_TOKEN", Token), ("OTS_ADMIN_PASSWORD", ServerWithOperator.Password));
        await using var tokenAlone = await RunningServer.StartAsync(("OTS_METRICS_TOKEN", Token));
        foreach (var (server, shown, status) in ((RunningServer, string, int)[])
            [
                (both, Token, 200), (both, ServerWithOperator.Password, 200), (both, "wrong", 404), (both, "", 404),
                (tokenAlone, Token, 200), (tokenAlone, ServerWithOperator.Password, 404), (tokenAlone, "", 404),
            ])
        {
            using var response = await server.GetAsync("metrics", ("Authorization", "Bearer " + shown));
            Assert.Equal(status, (int)response.StatusCode);
        }
        using var admin = await both.GetAsync("stats-json", ("Authorization", "Bearer " + Token));
        await admin.ProblemAsync(401, "operator");
    }

    [Fact]
    public async Task A_request_is_known_by_its_routes_name_and_by_nothing_that_it_said()
    {
        await using var server = await RunningServer.StartAsync(("OTS_METRICS_TOKEN", Token));
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using (await server.SendAsync(secret.Open(id)))
        using (await server.GetAsync($"d/{id}%23{secret.LinkKey}"))
        using (await server.GetAsync("no/such/place"))
        using (await server.SendAsync(new HttpMethod("SECRETS"), "d/x", null))
        {
        }
        // A request is over when the server has done with it, which is a moment after its client has.
        string text = "";
        foreach (string line in (string[])
            [
                "http_server_request_duration_seconds_count{http_route=\"/d/{id}\","
                    + "http_request_method=\"POST\",http_response_status_code=\"200\"} 1\n",
                "http_route=\"/d/{id}\",http_request_method=\"GET\",http_response_status_code=\"302\"",
            ])
            await Eventually.HoldsAsync(line, async () => (text = await ReadAsync(server)).Contains(line));
        foreach (string said in (string[])[id, secret.LinkKey, secret.ReceiptToken, "such", "SECRETS"])
            Assert.DoesNotContain(said, text);
    }

    [Fact]
    public async Task They_say_what_has_happened_to_shares_and_what_is_held()
    {
        await using var server = await RunningServer.StartAsync(
            ("OTS_METRICS_TOKEN", Token), ("OTS_MAX_STORAGE", "50MB"));
        await server.CreateAsync(await Secret.SealAsync("hush"));
        string text = await ReadAsync(server);
        Assert.Contains("ots_shares_total{event=\"created\"} 1\n", text);
        Assert.Contains("ots_live_shares 1\n", text);
        Assert.Contains("ots_storage_max_bytes 50000000\n", text);
        Assert.Contains("ots_store_up 1\n", text);
    }

    [Theory]
    [InlineData("prometheus/alerts.yml")]
    [InlineData("grafana/onetimeshare.json")]
    public async Task What_the_rules_and_the_dashboard_ask_for_is_there(string file)
    {
        await using var server = await RunningServer.StartAsync(
            ("OTS_METRICS_TOKEN", Token), ("OTS_MAX_STORAGE", "50MB"));
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        string text = await File.ReadAllTextAsync(
            Path.Combine(folder, "deploy", file), TestContext.Current.CancellationToken);
        string[] asked = [.. MetricName().Matches(text).Select(match => match.Value).Distinct()];
        Assert.True(asked.Length >= 5, string.Join(' ', asked));
        string metrics = await ReadAsync(server);
        Assert.All(asked, name => Assert.Contains($"# TYPE {name} ", metrics));
    }

    [Fact]
    public async Task Every_line_is_one_that_Prometheus_reads()
    {
        await using var server = await RunningServer.StartAsync(("OTS_METRICS_TOKEN", Token));
        using (await server.GetAsync(""))
        {
        }
        string[] lines = (await ReadAsync(server)).Split('\n');
        Assert.Equal("", lines[^1]);
        var typed = new HashSet<string>();
        long bucket = 0;
        foreach (string line in lines[..^1])
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                Assert.True(typed.Add(line.Split(' ')[2]), line);
            if (line.StartsWith('#'))
                continue;
            Assert.Matches("""^[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? [0-9.eE+-]+$""", line);
            string name = line.Split('{', ' ')[0];
            Assert.Contains(typed, type => name == type
                || name is var sample && sample.StartsWith(type + "_", StringComparison.Ordinal));
            if (name.EndsWith("_bucket", StringComparison.Ordinal))
            {
                long count = long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture);
                Assert.True(line.Contains("le=\"0.005\"") || count >= bucket, line);
                bucket = count;
            }
        }
        Assert.Contains("http_server_request_duration_seconds", typed);
    }

    [GeneratedRegex(@"\b(ots|kestrel|process|dotnet|http_server)_[a-z_]*?(?=(_bucket|_count|_sum)?[{\s\[)/])")]
    private static partial Regex MetricName();

    private static async Task<string> ReadAsync(RunningServer server)
    {
        using var response = await server.GetAsync("metrics", ("Authorization", "Bearer " + Token));
        response.Is(HttpStatusCode.OK);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return await response.TextAsync();
    }
}
