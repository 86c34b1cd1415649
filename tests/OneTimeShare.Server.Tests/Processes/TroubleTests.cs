using System.Net;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public sealed class TroubleTests
{
    private const int Large = 1_000_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_keeps_what_it_has_and_works_again_once_there_is_room()
    {
        using var disk = new SmallDisk(megabytes: 40);
        using var ballast = new FileStream(Path.Combine(disk.Path, "ballast"), FileMode.Create);
        ballast.Write(new byte[2_000_000]);
        ballast.Flush();
        await using var server = await ServerProcess.StartAsync(disk.Path);
        var small = await Secret.SealAsync("the content");
        string smallId = await server.CreateAsync(small);
        var kept = await FillAsync(server);
        Assert.InRange(kept.Count, 3, 6);

        byte[] huge = RandomNumberGenerator.GetBytes(10_000_000);
        await AssertRefusedAsync(server, (await Secret.SealAsync(huge)).Create());
        await AssertRefusedAsync(server, Forms.Put("a.txt", huge));
        await AssertRefusedAsync(server, Forms.Multipart(null, ("a.txt", huge)));
        Assert.Contains("There is no room", server.Output, StringComparison.Ordinal);
        Assert.Equal(kept.Count, DataFolder.Blobs(disk.Path).Length);

        FillWith(ballast);
        string token = Secret.NewToken();
        HttpStatusCode[] clean = [HttpStatusCode.InsufficientStorage, HttpStatusCode.ServiceUnavailable];
        Assert.Contains(await server.SendAsync((await Secret.SealAsync(new byte[60_000])).Create()), clean);
        Assert.Contains(
            await server.SendAsync(small.Claim(smallId, token)), (HttpStatusCode[])[HttpStatusCode.OK, .. clean]);
        Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.GetStatusAsync("health/ready"));

        ballast.SetLength(0);
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(small.Claim(smallId, token)));
        foreach (var (id, secret) in kept)
        {
            string own = Secret.NewToken();
            Assert.Equal(HttpStatusCode.OK, await server.SendAsync(secret.Claim(id, own)));
            Assert.Equal(secret.Records, await server.BytesAsync(Secret.Fetch(id, own)));
            Assert.Equal(HttpStatusCode.NoContent, await server.SendAsync(Secret.End(id, own)));
        }
        Assert.Empty(DataFolder.Blobs(disk.Path));
        Assert.NotEmpty(await FillAsync(server));
        await Eventually.HoldsAsync("it is ready again",
            async () => await server.GetStatusAsync("health/ready") == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("a/data")]
    [InlineData("a")]
    public async Task Without_a_data_folder_that_it_can_write_to_it_does_not_start_and_says_so_in_one_line(string path)
    {
        using var folder = new TemporaryFolder();
        // Nothing can be below a file, for root neither.
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "a"), "", Cancel);
        var (exitCode, output) = await ServerProcess.RefuseAsync(Path.Combine(folder.Path, path));
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: [A-Za-z].+\.\n\z", output);
        Assert.Contains(Path.Combine(folder.Path, path), output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_blob_folder_that_it_can_write_to_it_does_not_start()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "blobs"), "", Cancel);
        var (exitCode, output) = await ServerProcess.RefuseAsync(folder.Path);
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: The blob folder cannot .+\.\n\z", output);
    }

    [Theory]
    [InlineData("http://203.0.113.1:5000")]
    [InlineData("https://127.0.0.1:5000")]
    [InlineData("nowhere")]
    public async Task At_an_address_that_it_cannot_have_it_does_not_start_and_says_so_in_one_line(string urls)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = await ServerProcess.RefuseAsync(folder.Path, ("ASPNETCORE_URLS", urls));
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: [A-Za-z].+\.\n\z", output);
    }

    [Fact]
    public async Task It_says_what_it_is_where_its_data_is_and_when()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Matches(
            @"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ info: .* OneTimeShare \d+\.\d+\.\d+, with its data in "
            + folder.Path + "$",
            server.Output);
    }

    [Fact]
    public async Task At_an_address_that_is_taken_it_does_not_start_and_says_so_in_one_line()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        string taken = server.Client.BaseAddress!.OriginalString;
        var (exitCode, output) = await ServerProcess.RefuseAsync(folder.Path, ("ASPNETCORE_URLS", taken));
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: [A-Za-z].+\.\n\z", output);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_503_until_it_does()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        var secret = await Secret.SealAsync("the content");
        string id = await server.CreateAsync(secret);
        using (var other = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "shares.db")};Pooling=False"))
        {
            other.Open();
            Execute(other, "BEGIN EXCLUSIVE");
            // The client's own patience bounds all of these.
            HttpRequestMessage[] requests =
            [
                secret.Claim(id, Secret.NewToken()), secret.Unlock(id), secret.Create(), secret.AllowAttempts(id),
                Secret.End(id, secret.ReceiptToken), Forms.Put("a.txt", new byte[100_000]),
                Forms.Take(id, secret.LinkKey),
            ];
            var refused = await Task.WhenAll(requests.Select(request => RefusalAsync(server, request)));
            Assert.All(refused, refusal => Assert.Equal("503 /problems/unavailable, again after 5", refusal));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.GetStatusAsync("health/ready"));
            Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
            Execute(other, "ROLLBACK");
        }

        Assert.Equal(HttpStatusCode.Created, await server.SendAsync((await Secret.SealAsync("another")).Create()));
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(secret.Claim(id, Secret.NewToken())));
        await Eventually.HoldsAsync("it is ready again",
            async () => await server.GetStatusAsync("health/ready") == HttpStatusCode.OK);
    }

    /// <summary>Creates large shares until there is no room.</summary>
    private static async Task<List<(string Id, Secret Secret)>> FillAsync(ServerProcess server)
    {
        var created = new List<(string, Secret)>();
        while (true)
        {
            var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
            using var answer = await server.Client.SendAsync(secret.Create(), Cancel);
            if (answer.StatusCode == HttpStatusCode.InsufficientStorage)
                return created;
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            created.Add((answer.Headers.Location!.OriginalString.Split('/')[^1], secret));
        }
    }

    private static void FillWith(FileStream file)
    {
        Action fill = () =>
        {
            for (int blocks = 0; blocks < 100_000; blocks++)
            {
                file.Write(new byte[4096]);
                file.Flush();
            }
        };
        Assert.ThrowsAny<IOException>(fill);
    }

    private static async Task AssertRefusedAsync(ServerProcess server, HttpRequestMessage request)
    {
        var problem = await server.JsonAsync(request, HttpStatusCode.InsufficientStorage);
        Assert.Equal("/problems/storage-full", (string)problem["type"]!);
    }

    private static async Task<string> RefusalAsync(ServerProcess server, HttpRequestMessage request)
    {
        using var answer = await server.Client.SendAsync(request, Cancel);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        var again = answer.Headers.RetryAfter?.Delta;
        return $"{(int)answer.StatusCode} {problem!["type"]}, again after {again?.TotalSeconds}";
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
