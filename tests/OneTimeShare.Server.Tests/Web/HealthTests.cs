using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_that_can_write_is_live_and_ready()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (path, status) in ((string, string)[])
            [("health/live", "live"), ("health/ready", "ready"), ("health", "ready")])
        {
            using var response = await server.GetAsync(path);
            var json = await response.JsonAsync(HttpStatusCode.OK, "status");
            Assert.Equal(status, json.GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task A_server_whose_folder_is_gone_is_live_and_not_ready_and_recovers()
    {
        await using var server = await RunningServer.StartAsync();
        using (var before = await server.GetAsync("health"))
            before.Is(HttpStatusCode.OK);
        string blobs = Path.Combine(server.Data.Path, "blobs");
        if (Directory.Exists(blobs))
            Directory.Delete(blobs, recursive: true);
        await File.WriteAllTextAsync(blobs, "not a folder", TestContext.Current.CancellationToken);

        // The answer is remembered for ten seconds.
        server.Clock.Advance(TimeSpan.FromSeconds(9));
        using (var remembered = await server.GetAsync("health/ready"))
            remembered.Is(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        foreach (string path in (string[])["health/ready", "health"])
        {
            using var response = await server.GetAsync(path);
            Assert.Equal("5", response.Header("Retry-After"));
            await response.ProblemAsync(503, "unavailable");
        }
        Assert.Equal(1, Count("Warning OneTimeShare.Server.Web.Health: Not ready: The blob folder cannot "));
        using (var live = await server.GetAsync("health/live"))
            live.Is(HttpStatusCode.OK);

        File.Delete(blobs);
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        using var after = await server.GetAsync("health");
        after.Is(HttpStatusCode.OK);
        Assert.Equal(1, Count("Ready again"));

        int Count(string line) => server.Logs.Text.Split(line).Length - 1;
    }

    [Fact]
    public async Task An_upload_is_not_read_on_once_the_store_has_failed()
    {
        await using var server = await RunningServer.StartAsync();
        string blobs = Path.Combine(server.Data.Path, "blobs");
        if (Directory.Exists(blobs))
            Directory.Delete(blobs, recursive: true);
        await File.WriteAllTextAsync(blobs, "not a folder", TestContext.Current.CancellationToken);
        using var connection = RawConnection.Open(server);
        await connection.SendAsync("PUT /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
        await connection.SendAsync(new byte[3_000_000]);
        // The rest never comes, and the clock, which would end the wait for it, stands still.
        string head = await connection.ReadHeadAsync()
            .WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 503 ", head);
    }

    [Fact]
    public async Task An_upload_never_succeeds_while_the_store_is_down()
    {
        await using var server = await RunningServer.StartAsync();
        string blobs = Path.Combine(server.Data.Path, "blobs");
        if (Directory.Exists(blobs))
            Directory.Delete(blobs, recursive: true);
        await File.WriteAllTextAsync(blobs, "not a folder", TestContext.Current.CancellationToken);
        var secret = await Secret.SealAsync(new byte[100_000]);
        using var response = await server.SendAsync(secret.Create());
        await response.ProblemAsync(503, "unavailable");
        using var form = await server.SendAsync(
            HttpMethod.Put, "a.txt", new ByteArrayContent(new byte[100_000]));
        await form.ProblemAsync(503, "unavailable");
        server.Logs.AssertSilentAbout(secret.ReceiptToken);
        Assert.Matches(@"at /\{name\?\}: The blob folder cannot be read or written \(error \d+\)\.", server.Logs.Text);
        Assert.Contains("A store does not answer, at /api/v1/shares: ", server.Logs.Text);
    }
}
