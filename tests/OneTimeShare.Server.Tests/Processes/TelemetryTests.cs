using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>What leaves the server for its operator's other programs: nothing that a request said.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _received = new();
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _collector;

    public TelemetryTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _collector = builder.Build();
        _collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _received.GetOrAdd(context.Request.Path, _ => new()).Enqueue(Encoding.Latin1.GetString(body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status200OK;
        });
    }

    public async ValueTask InitializeAsync() => await _collector.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _collector.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Traces_and_metrics_name_routes_and_nothing_that_was_said()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.Path,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _collector.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        var (secret, id) = await UseAsync(server);
        await Eventually.HoldsAsync("a span of the form arrives", () => Received("/v1/traces").Contains("GET /d/{id}"));
        await Eventually.HoldsAsync(
            "a duration of the form arrives", () => Received("/v1/metrics").Contains("http.server.request.duration")
                && Received("/v1/metrics").Contains("/d/{id}"));
        await Eventually.HoldsAsync("the counts arrive", () => Received("/v1/metrics").Contains("ots.shares"));
        Assert.Contains("onetimeshare", Received("/v1/traces"));
        string all = Received("/v1/traces") + Received("/v1/metrics");
        foreach (string said in (string[])[id, secret.LinkKey, secret.ReceiptToken, secret.LinkProof, "not-to-be-seen"])
            Assert.DoesNotContain(said, all);
    }

    [Fact]
    public async Task Logs_as_JSON_are_one_object_a_line_without_anything_that_was_said()
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.Path, ("OTS_LOG", "json"), ("OTS_ADMIN_PASSWORD", ServerWithOperator.Password));
        var (secret, id) = await UseAsync(server);
        using var request = new HttpRequestMessage(HttpMethod.Get, "stats-json");
        request.Headers.Add("Authorization", "Bearer not-to-be-seen");
        Assert.Equal(HttpStatusCode.Unauthorized, await server.SendAsync(request));
        await Eventually.HoldsAsync("the refusal is logged", () => server.Output.Contains("wrong operator's password")
            || server.Output.Contains("wrong operator\\u0027s password"));
        foreach (string line in server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.NotEmpty(json.RootElement.GetProperty("Timestamp").GetString()!);
            Assert.NotEmpty(json.RootElement.GetProperty("Message").GetString()!);
        }
        foreach (string said in (string[])
            [id, secret.LinkKey, secret.ReceiptToken, "not-to-be-seen", ServerWithOperator.Password])
            Assert.DoesNotContain(said, server.Output);
    }

    private string Received(string path) =>
        _received.TryGetValue(path, out var bodies) ? string.Concat(bodies) : "";

    private static async Task<(Secret Secret, string Id)> UseAsync(ServerProcess server)
    {
        var secret = await Secret.SealAsync("hush");
        using var created = await server.Client.SendAsync(secret.Create(), TestContext.Current.CancellationToken);
        string id = (await created.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Redirect, await server.GetStatusAsync($"d/{id}%23{secret.LinkKey}"));
        Assert.Equal(HttpStatusCode.NotFound, await server.GetStatusAsync("not-to-be-seen/x?q=not-to-be-seen"));
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(secret.Open(id)));
        return (secret, id);
    }
}
