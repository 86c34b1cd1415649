using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace OneTimeShare.Server.Tests.Uploads;

public sealed class UploadRefusalTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("")]
    [InlineData("/AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Whoever_asks_is_told_what_is_spoken_here(string path)
    {
        using var answer = await server.SendAsync(HttpMethod.Options, Uploading.Path + path, null);
        answer.Is(HttpStatusCode.NoContent);
        Assert.Equal("1.0.0", answer.Header("Tus-Version"));
        Assert.Equal("1.0.0", answer.Header("Tus-Resumable"));
        Assert.Equal("creation,expiration,termination", answer.Header("Tus-Extension"));
        Assert.Equal("20517868", answer.Header("Tus-Max-Size"));
    }

    [Theory]
    [InlineData("POST", null)]
    [InlineData("POST", "0.2.2")]
    [InlineData("PATCH", null)]
    [InlineData("HEAD", "1.0.1")]
    [InlineData("DELETE", null)]
    public async Task Another_version_of_the_protocol_is_refused(string method, string? version)
    {
        var secret = await Secret.SealAsync("x");
        string upload = await server.BeginAsync(secret);
        using var request = method switch
        {
            "POST" => secret.Begin(),
            "PATCH" => secret.Append(upload, 0, 10),
            "HEAD" => secret.Look(upload),
            _ => secret.GiveUp(upload),
        };
        request.Headers.Remove("Tus-Resumable");
        request.Headers.Add("Tus-Resumable", version);
        using var refused = await server.SendAsync(request);
        refused.Is(HttpStatusCode.PreconditionFailed);
        Assert.Equal("1.0.0", refused.Header("Tus-Version"));
        Assert.Equal("1.0.0", refused.Header("Tus-Resumable"));
        Assert.Equal(0, await server.OffsetAsync(secret, upload));
        using var givenUp = await server.SendAsync(secret.GiveUp(upload));
        givenUp.Is(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(635, 400, "malformed-envelope")]
    [InlineData(0, 400, "malformed-envelope")]
    [InlineData(20_517_869, 413, "too-large")]
    [InlineData(long.MaxValue, 413, "too-large")]
    public async Task A_length_that_no_envelope_has_here_is_refused(long length, int status, string problem)
    {
        var secret = await Secret.SealAsync("x");
        using var refused = await server.SendAsync(secret.Begin(length: length));
        await refused.ProblemAsync(status, problem);
        Assert.Equal("1.0.0", refused.Header("Tus-Resumable"));
    }

    [Theory]
    [InlineData("Upload-Length", "")]
    [InlineData("Upload-Length", "-1")]
    [InlineData("Upload-Length", "1e3")]
    [InlineData("Upload-Length", "9223372036854775808")]
    [InlineData("Upload-Defer-Length", "1")]
    [InlineData("Authorization", "")]
    [InlineData("Authorization", "Bearer short")]
    public async Task A_beginning_that_lacks_something_is_refused(string header, string value)
    {
        using var request = (await Secret.SealAsync("x")).Begin();
        request.Headers.Remove(header);
        Assert.True(request.Headers.TryAddWithoutValidation(header, value));
        using var refused = await server.SendAsync(request);
        await refused.ProblemAsync(400, header == "Authorization" ? "receipt-token" : "bad-request");
    }

    [Theory]
    [InlineData("?ttl=59")]
    [InlineData("?ttl=604801")]
    [InlineData("?ttl=5h")]
    public async Task A_lifetime_that_is_not_allowed_is_refused(string query)
    {
        using var refused = await server.SendAsync((await Secret.SealAsync("x")).Begin(query));
        await refused.ProblemAsync(422, "lifetime");
    }

    [Fact]
    public async Task Creating_may_need_a_token_and_lies_below_the_path_of_the_server()
    {
        await using var own = await RunningServer.StartAsync(
            ("OTS_CREATE_TOKEN", "let me"), ("OTS_BASE_URL", "https://share.example.org/sub"));
        var secret = await Secret.SealAsync("x");
        using (var refused = await own.SendAsync(secret.Begin()))
            await refused.ProblemAsync(401, "create-token");
        using var request = secret.Begin();
        request.Headers.Add("OTS-Create-Token", "let me");
        using var begun = await own.SendAsync(request);
        begun.Is(HttpStatusCode.Created);
        string location = begun.Headers.Location!.OriginalString;
        Assert.StartsWith("/sub/api/v1/uploads/", location);
        Assert.Equal(own.Clock.GetUtcNow().AddHours(1).ToString("R"), begun.Header("Upload-Expires"));
        Assert.Equal(0, await own.OffsetAsync(secret, location[1..]));
    }

    [Fact]
    public async Task A_network_has_four_unfinished_uploads()
    {
        await using var own = await RunningServer.StartAsync();
        var secret = await Secret.SealAsync("x");
        string upload = "";
        for (int number = 0; number < 4; number++)
            upload = await own.BeginAsync(secret);
        using (var refused = await own.SendAsync(secret.Begin()))
        {
            await refused.ProblemAsync(429, "too-many-uploads");
            Assert.Equal("60", refused.Header("Retry-After"));
        }

        await own.AppendAsync(secret, upload, 0, secret.Envelope.Length);
        await own.BeginAsync(secret);
    }

    [Fact]
    public async Task The_rate_of_creating_counts_uploads()
    {
        await using var own = await RunningServer.StartAsync(("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "1/h"));
        var secret = await Secret.SealAsync("x");
        await own.BeginAsync(secret);
        using var refused = await own.SendAsync(secret.Begin());
        await refused.ProblemAsync(429, "rate-limited");
        Assert.Equal("1.0.0", refused.Header("Tus-Resumable"));
    }

    [Fact]
    public async Task A_full_server_begins_nothing_and_an_upload_keeps_its_room()
    {
        await using var own = await RunningServer.StartAsync(("OTS_MAX_STORAGE", "300kB"));
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await own.BeginAsync(secret);
        using (var refused = await own.SendAsync(secret.Begin()))
            await refused.ProblemAsync(507, "storage-full");
        using (var refused = await own.SendAsync((await Secret.SealAsync(new byte[200_000])).Create()))
            await refused.ProblemAsync(507, "storage-full");
        await own.AppendAsync(secret, upload, 0, secret.Envelope.Length);
        await own.AssertPublishedAsync(secret, upload);
    }

    [Fact]
    public async Task A_piece_goes_where_the_upload_has_got_to_and_nowhere_else()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret);
        await server.AppendAsync(secret, upload, 0, 1000);
        foreach (int start in new[] { 0, 999, 1001, secret.Envelope.Length })
        {
            using var refused = await server.SendAsync(secret.Append(upload, start, secret.Envelope.Length));
            await refused.ProblemAsync(409, "upload-offset");
        }

        foreach (string? malformed in new[] { null, "", "-1", "0x10", "1.0" })
        {
            using var request = secret.Append(upload, 1000, 2000);
            request.Headers.Remove("Upload-Offset");
            Assert.True(request.Headers.TryAddWithoutValidation("Upload-Offset", malformed));
            using var refused = await server.SendAsync(request);
            await refused.ProblemAsync(400, "bad-request");
        }

        using (var request = secret.Append(upload, 1000, 2000))
        {
            request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var refused = await server.SendAsync(request);
            await refused.ProblemAsync(415, "unsupported-media-type");
        }

        await server.AppendAsync(secret, upload, 1000, secret.Envelope.Length);
        await server.AssertPublishedAsync(secret, upload);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_was_announced_is_refused_and_nothing_of_it_is_kept(bool chunked)
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret);
        await server.AppendAsync(secret, upload, 0, 1000);
        using (var request = secret.Append(upload, 1000, [.. secret.Envelope[1000..], 0]))
        {
            request.Headers.TransferEncodingChunked = chunked;
            using var refused = await server.SendAsync(request);
            await refused.ProblemAsync(413, "too-large");
        }

        Assert.Equal(1000, await server.OffsetAsync(secret, upload));
        await server.AppendAsync(secret, upload, 1000, secret.Envelope.Length);
        await server.AssertPublishedAsync(secret, upload);
    }

    [Fact]
    public async Task Nobody_but_its_sender_has_anything_to_do_with_an_upload()
    {
        Secret secret = await Secret.SealAsync(new byte[1000]), stranger = await Secret.SealAsync(new byte[1000]);
        string upload = await server.BeginAsync(secret);
        string unknown = Uploading.Path + "/" + Secret.NewToken();
        foreach (string path in new[] { upload, unknown, Uploading.Path + "/x" })
        {
            Assert.Null(await server.OffsetAsync(stranger, path));
            using var appended = await server.SendAsync(stranger.Append(path, 0, 100));
            await appended.ProblemAsync(404, "not-found");
            using var givenUp = await server.SendAsync(stranger.GiveUp(path));
            await givenUp.ProblemAsync(404, "not-found");
        }

        using (var request = secret.Look(upload))
        {
            request.Headers.Authorization = null;
            using var looked = await server.SendAsync(request);
            looked.Is(HttpStatusCode.NotFound);
        }

        Assert.Equal(0, await server.OffsetAsync(secret, upload));
    }

    [Fact]
    public async Task A_method_is_what_the_request_says_and_not_a_header()
    {
        var secret = await Secret.SealAsync(new byte[1000]);
        string upload = await server.BeginAsync(secret);
        using var request = secret.Append(upload, 0, 100);
        request.Method = HttpMethod.Post;
        request.Headers.Add("X-HTTP-Method-Override", "PATCH");
        using var refused = await server.SendAsync(request);
        await refused.ProblemAsync(405, "method-not-allowed");
        Assert.Equal(0, await server.OffsetAsync(secret, upload));
    }

    [Fact]
    public async Task What_begins_no_envelope_is_refused_with_its_first_bytes_and_gone()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret);
        using (var half = await server.SendAsync(secret.Append(upload, 0, "PK is none"u8.ToArray())))
            half.Is(HttpStatusCode.NoContent);
        using (var refused = await server.SendAsync(secret.Append(upload, 10, 24)))
            await refused.ProblemAsync(400, "malformed-envelope");
        Assert.Null(await server.OffsetAsync(secret, upload));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(400_000)]
    public async Task What_ends_no_envelope_is_refused_with_its_last_byte_and_gone(int length)
    {
        await using var own = await RunningServer.StartAsync();
        var secret = await Secret.SealAsync(new byte[length]);
        string upload = await own.BeginAsync(secret);
        int end = secret.Envelope.Length;
        await own.AppendAsync(secret, upload, 0, end - 4);
        using (var refused = await own.SendAsync(secret.Append(upload, end - 4, [0, 0, 1, 15])))
            await refused.ProblemAsync(400, "malformed-envelope");
        Assert.Null(await own.OffsetAsync(secret, upload));
        Assert.Empty(Processes.DataFolder.Blobs(own.Data.Path));
    }

    [Fact]
    public async Task More_records_than_the_server_admits_are_refused_in_the_end()
    {
        await using var own = await RunningServer.StartAsync(("OTS_MAX_SIZE", "200kB"));
        var secret = await Secret.SealAsync(new byte[210_000]);
        string upload = await own.BeginAsync(secret);
        using (var refused = await own.SendAsync(secret.Append(upload, 0, secret.Envelope.Length)))
            await refused.ProblemAsync(413, "too-large");
        Assert.Null(await own.OffsetAsync(secret, upload));
    }

    [Fact]
    public async Task The_names_that_a_client_adds_are_neither_kept_nor_logged()
    {
        await using var own = await RunningServer.StartAsync();
        var secret = await Secret.SealAsync(new byte[1000]);
        using var request = secret.Begin();
        request.Headers.Add("Upload-Metadata", "filename c2VjcmV0LW5hbWU=");
        using var begun = await own.SendAsync(request);
        begun.Is(HttpStatusCode.Created);
        Assert.False(own.Holds("secret-name"u8) || own.Holds("c2VjcmV0LW5hbWU="u8));
        own.Logs.AssertSilentAbout("secret-name", "c2VjcmV0LW5hbWU=", secret.ReceiptToken);
    }
}
