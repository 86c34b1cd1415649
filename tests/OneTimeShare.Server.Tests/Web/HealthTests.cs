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
        using (var live = await server.GetAsync("health/live"))
            live.Is(HttpStatusCode.OK);

        File.Delete(blobs);
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        using var after = await server.GetAsync("health");
        after.Is(HttpStatusCode.OK);
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
        Assert.Contains("A store does not answer, at /api/v1/shares: ", server.Logs.Text);
    }
}
