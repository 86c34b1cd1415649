using System.Net;
using Microsoft.Data.Sqlite;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class TakeTroubleTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task What_was_taken_and_cannot_be_read_yet_stays_its_claimants()
    {
        byte[] content = new byte[200_000];
        var secret = await Secret.SealAsync(content);
        string id = await server.CreateAsync(secret);
        string blob = server.BlobOf(id);
        File.Move(blob, blob + ".away");
        Directory.CreateDirectory(blob);

        using var failed = await server.SendAsync(secret.Open(id));
        await failed.ProblemAsync(503, "taken-unavailable");
        Assert.Equal("5", failed.Header("Retry-After"));
        string token = failed.Header("Claim-Token")!;
        Assert.Contains("What was just taken cannot be read: ", server.Logs.Text);
        server.Logs.AssertSilentAbout(token, secret.LinkKey);

        using var request = Secret.Open(id, secret.LinkKey, null, token);
        request.Headers.Add("Accept", "text/html");
        using var page = await server.SendAsync(request);
        page.Is(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("Try again</a>", await page.TextAsync());

        Directory.Delete(blob);
        File.Move(blob + ".away", blob);
        using var opened = await server.SendAsync(Secret.Open(id, secret.LinkKey, null, token));
        opened.Is(HttpStatusCode.OK);
        Assert.Equal(content, await opened.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_claim_token_is_told_to_nobody_who_has_not_taken_it()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var first = await server.SendAsync(secret.Open(id));
        first.Is(HttpStatusCode.OK);
        using var second = await server.SendAsync(secret.Open(id));
        second.Is(HttpStatusCode.Gone);
        Assert.Null(second.Header("Claim-Token"));
    }

    [Fact]
    public async Task A_delivery_is_whole_though_its_lease_cannot_be_shortened()
    {
        const int length = 8_000_000;
        var secret = await Secret.SealAsync(new byte[length]);
        string id = await server.CreateAsync(secret);
        string form = $"key={secret.LinkKey}";
        using var connection = RawConnection.Open(server);
        await connection.SendAsync(
            $"POST /d/{id} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            + $"Content-Length: {form.Length}\r\n\r\n{form}");
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync());
        string database = Path.Combine(server.Data.Path, "shares.db");
        using (var other = new SqliteConnection($"Data Source={database};Pooling=False"))
        {
            other.Open();
            using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            hold.ExecuteNonQuery();
            Assert.Equal(length, await connection.ReadAsync(length));

            // The server ends a delivery that was not whole by ending the connection.
            await connection.SendAsync("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync());
        }
        Assert.DoesNotContain("at /d/{id}", server.Logs.Text);
    }
}
