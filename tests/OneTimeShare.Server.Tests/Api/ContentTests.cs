using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public class ContentTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_000_000)]
    public async Task The_records_come_as_often_as_needed(int length)
    {
        var (secret, id, token) = await ClaimedAsync(length);
        for (int i = 0; i < 2; i++)
        {
            using var response = await server.SendAsync(Secret.Fetch(id, token));
            response.Is(HttpStatusCode.OK);
            Assert.Equal("application/octet-stream", response.Header("Content-Type"));
            Assert.Equal($"\"{id}\"", response.Header("ETag"));
            Assert.Equal("bytes", response.Header("Accept-Ranges"));
            Assert.Equal("no", response.Header("X-Accel-Buffering"));
            Assert.Equal(secret.Records.Length, response.Content.Headers.ContentLength);
            Assert.Equal(secret.Records, await response.BytesAsync());
        }
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=0-99", 0, 100)]
    [InlineData("bytes=70000-", 70_000, -1)]
    [InlineData("bytes=65551-65553", 65_551, 3)]
    [InlineData("bytes=100-999999999999", 100, -1)]
    [InlineData("BYTES=0-0", 0, 1)]
    public async Task A_range_is_answered_with_that_part(string range, int from, int length)
    {
        var (secret, id, token) = await ClaimedAsync(100_000);
        int size = secret.Records.Length;
        length = length < 0 ? size - from : length;
        using var response = await FetchAsync(id, token, ("Range", range));
        response.Is(HttpStatusCode.PartialContent);
        Assert.Equal($"bytes {from}-{from + length - 1}/{size}", response.Header("Content-Range"));
        Assert.Equal(secret.Records[from..(from + length)], await response.BytesAsync());
    }

    [Theory]
    [InlineData("bytes=-1", 1)]
    [InlineData("bytes=-999999999", int.MaxValue)]
    public async Task A_range_from_the_end_is_answered_with_that_part(string range, int length)
    {
        var (secret, id, token) = await ClaimedAsync(100_000);
        int size = secret.Records.Length;
        length = Math.Min(length, size);
        using var response = await FetchAsync(id, token, ("Range", range));
        response.Is(HttpStatusCode.PartialContent);
        Assert.Equal($"bytes {size - length}-{size - 1}/{size}", response.Header("Content-Range"));
        Assert.Equal(secret.Records[^length..], await response.BytesAsync());
    }

    [Theory]
    [InlineData("bytes=100368-")]
    [InlineData("bytes=999999-1000000")]
    [InlineData("bytes=9223372036854775807-")]
    [InlineData("bytes=-0")]
    public async Task A_range_beyond_the_end_is_refused_with_the_size(string range)
    {
        var (secret, id, token) = await ClaimedAsync(100_000);
        Assert.True(secret.Records.Length <= 100_384);
        range = range.Replace("100368", $"{secret.Records.Length}");
        using var response = await FetchAsync(id, token, ("Range", range));
        await response.ProblemAsync(416, "range-not-satisfiable");
        Assert.Equal($"bytes */{secret.Records.Length}", response.Header("Content-Range"));
    }

    [Theory]
    [InlineData("bytes=0-1,5-6")]
    [InlineData("bytes=5-4")]
    [InlineData("bytes=")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=-")]
    [InlineData("records=0-1")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task Several_ranges_or_none_that_parses_are_answered_with_all(string range)
    {
        var (secret, id, token) = await ClaimedAsync(1_000);
        using var response = await FetchAsync(id, token, ("Range", range));
        response.Is(HttpStatusCode.OK);
        Assert.Equal(secret.Records, await response.BytesAsync());
    }

    [Fact]
    public async Task A_range_counts_only_if_the_condition_names_this_very_content()
    {
        var (_, id, token) = await ClaimedAsync(1_000);
        foreach (var (condition, status) in ((string, HttpStatusCode)[])
            [
                ($"\"{id}\"", HttpStatusCode.PartialContent), ($"W/\"{id}\"", HttpStatusCode.OK),
                ("\"another\"", HttpStatusCode.OK), ("Sat, 29 Jan 2000 12:00:00 GMT", HttpStatusCode.OK),
                ("nonsense", HttpStatusCode.OK),
            ])
        {
            using var response = await FetchAsync(id, token, ("Range", "bytes=0-9"), ("If-Range", condition));
            Assert.True(status == response.StatusCode, condition);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bytes=10-19")]
    [InlineData("bytes=5000-")]
    public async Task A_head_has_the_headers_of_the_get_of_all_and_no_body(string? range)
    {
        var (secret, id, token) = await ClaimedAsync(1_000);
        Assert.Equal(1_040, secret.Records.Length);
        using var request = new HttpRequestMessage(HttpMethod.Head, $"api/v1/shares/{id}/content");
        request.Headers.Authorization = Secret.Bearer(token);
        if (range is not null)
            request.Headers.TryAddWithoutValidation("Range", range);
        using var response = await server.SendAsync(request);
        response.Is(HttpStatusCode.OK);
        Assert.Equal(1_040, response.Content.Headers.ContentLength);
        Assert.Null(response.Content.Headers.ContentRange);
        Assert.Empty(await response.BytesAsync());
    }

    [Fact]
    public async Task Only_the_claimant_gets_at_the_content()
    {
        var (secret, id, _) = await ClaimedAsync(1_000);
        string[] others =
            [Secret.NewToken(), secret.ReceiptToken, secret.LinkProof, secret.ClaimProof, secret.LinkKey, ""];
        foreach (string token in others)
        {
            using var response = await FetchAsync(id, token);
            await response.ProblemAsync(404, "not-found");
        }
        var pending = await Secret.SealAsync("hush");
        using var unclaimed = await FetchAsync(await server.CreateAsync(pending), Secret.NewToken());
        await unclaimed.ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_blob_that_is_lost_is_a_loss_and_not_a_mistake_of_the_server()
    {
        var (secret, id, token) = await ClaimedAsync(100_000);
        var claimedAt = server.Clock.GetUtcNow();
        await server.LoseBlobAsync(id);
        using var response = await FetchAsync(id, token);
        var problem = await response.ProblemAsync(410, "lost", "state", "at");
        Assert.Equal("claimed", problem.GetProperty("state").GetString());
        Assert.Equal(claimedAt.Rfc3339(), problem.GetProperty("at").GetString());
        using var form = await server.SendAsync(secret.Open(id, claimToken: token));
        await form.ProblemAsync(410, "lost", "state", "at");
    }

    [Fact]
    public async Task A_delivery_ends_with_its_lease()
    {
        var (secret, id, token) = await ClaimedAsync(19_000_000);
        using var connection = await BeginFetchAsync(id, token);
        // What nobody reads waits in the server for the most part.
        server.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.True((await connection.ReadToEndAsync()).Length < secret.Records.Length);
    }

    [Fact]
    public async Task A_delivery_ends_soon_after_its_share_is_burned()
    {
        var (secret, id, token) = await ClaimedAsync(19_000_000);
        using var connection = await BeginFetchAsync(id, token);
        using var burned = await server.SendAsync(Secret.End(id, secret.ReceiptToken));
        burned.Is(HttpStatusCode.NoContent);
        await PassAsync(DeliveryLease.Interval, secret, id);
        Assert.True((await connection.ReadToEndAsync()).Length < secret.Records.Length);
    }

    [Fact]
    public async Task A_reader_who_has_stopped_reading_does_not_hold_the_connection_until_the_lease_ends()
    {
        var (secret, id, token) = await ClaimedAsync(19_000_000);
        using var connection = await BeginFetchAsync(id, token);
        // At first the connection's buffers still take something; the lease ends only after all of these.
        for (int pause = 0; pause < 5; pause++)
            await PassAsync(ReaderSilence.Bound, secret, id);
        Assert.True((await connection.ReadToEndAsync()).Length < secret.Records.Length);
        using var again = await FetchAsync(id, token);
        Assert.Equal(secret.Records, await again.BytesAsync());
    }

    [Fact]
    public async Task A_reader_who_is_slow_but_goes_on_gets_all_of_it()
    {
        var (secret, id, token) = await ClaimedAsync(19_000_000);
        using var connection = await BeginFetchAsync(id, token);
        const int ReadAtATime = 2_500_000; // more than a window that has to open before anything is sent
        int read = 0;
        for (int pause = 0; pause < 5; pause++)
        {
            await PassAsync(ReaderSilence.Bound - TimeSpan.FromSeconds(1), secret, id);
            read += await connection.ReadAsync(ReadAtATime);
        }
        Assert.Equal(5 * ReadAtATime, read);
        Assert.Equal(secret.Records.Length - read, await connection.ReadAsync(secret.Records.Length - read));
    }

    /// <summary>Time passes for the server, and what it does of itself then is done.</summary>
    private async Task PassAsync(TimeSpan time, Secret secret, string id)
    {
        server.Clock.Advance(time);
        // The store is asked behind the scenes: these come after it in the line of its readers.
        for (int round = 0; round < 50; round++)
            (await server.SendAsync(secret.Receipt(id))).Dispose();
    }

    private async Task<RawConnection> BeginFetchAsync(string id, string token)
    {
        var connection = RawConnection.Open(server);
        await connection.SendAsync(
            $"GET /api/v1/shares/{id}/content HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await connection.ReadHeadAsync());
        return connection;
    }

    private Task<HttpResponseMessage> FetchAsync(string id, string token, params (string, string)[] headers) =>
        server.GetAsync($"api/v1/shares/{id}/content", [("Authorization", "Bearer " + token), .. headers]);

    private async Task<(Secret Secret, string Id, string Token)> ClaimedAsync(int length)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(length));
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        claim.Is(HttpStatusCode.OK);
        return (secret, id, token);
    }
}
