using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary><c>curl -T</c> and <c>curl --data-binary</c>.</summary>
public class RawUploadTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("PUT", "", "file")]
    [InlineData("PUT", "prod.env", "prod.env")]
    [InlineData("PUT", "?name=prod.env", "prod.env")]
    [InlineData("PUT", "caf%C3%A9%20%E4%BD%A0.txt", "café 你.txt")]
    [InlineData("PUT", "LICENSE", "LICENSE")]
    [InlineData("POST", "upload", "file")]
    [InlineData("POST", "upload?name=dump.sql", "dump.sql")]
    [InlineData("POST", "upload?name=", "file")]
    [InlineData("POST", "upload?name=..%2F..%2Fetc%2Fpasswd", "passwd")]
    public async Task A_raw_body_is_a_file(string method, string path, string name)
    {
        foreach (string type in (string[])["", "application/x-www-form-urlencoded", "text/plain", "application/json"])
        {
            using var content = new ByteArrayContent("a=b&c\r\n\0"u8.ToArray());
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            var share = await server.ShareAsync(new HttpMethod(method), path, content);
            using var opened = await server.OpenAsync(share);
            Assert.Equal("a=b&c\r\n\0"u8.ToArray(), await opened.BytesAsync());
            Assert.Equal("application/octet-stream", opened.Header("Content-Type"));
            Assert.Equal((name, name), opened.FileName());
        }
    }

    [Fact]
    public async Task A_body_that_comes_through_a_pipe_is_a_file()
    {
        using var connection = RawConnection.Open(server);
        await connection.SendAsync(
            "PUT /dump.sql?ttl=30m HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            + "5\r\nselec\r\n");
        await connection.SendAsync("4\r\nt 1;\r\n0\r\n\r\n");
        string answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 201 ", answer);
        string link = answer.Split('\n').First(line => line.Contains("http://x/d/", StringComparison.Ordinal)).Trim();
        using var opened = await server.SendAsync(
            Secret.Open(link.Split('/')[^1].Split('#')[0], link.Split('#')[1], null, null));
        Assert.Equal("select 1;", await opened.TextAsync());
        Assert.Equal(("dump.sql", "dump.sql"), opened.FileName());
    }

    [Theory]
    [InlineData("PUT", "a.txt")]
    [InlineData("PUT", "")]
    [InlineData("POST", "upload")]
    public async Task An_empty_body_is_nothing_to_share(string method, string path)
    {
        foreach (bool chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Content = new ByteArrayContent([]),
            };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await server.SendAsync(request);
            await response.ProblemAsync(422, "nothing-to-share");
        }
    }

    [Theory]
    [InlineData("?ttl=30m", 1_800)]
    [InlineData("?ttl=90", 90)]
    [InlineData("?ttl=", 18_000)]
    public async Task A_lifetime_may_be_in_the_address(string query, int seconds)
    {
        var share = await server.ShareAsync(HttpMethod.Put, "a.txt" + query, new StringContent("hush"));
        Assert.Equal(server.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), share.ExpiresAt);
        using var wrong = await server.SendAsync(HttpMethod.Put, "a.txt?ttl=8d", new StringContent("hush"));
        await wrong.ProblemAsync(422, "lifetime");
    }

    [Theory]
    [InlineData("5\r\nab\r\n0\r\n\r\n")]
    [InlineData("zz\r\nab\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("ffffffffffffffffff\r\n")]
    public async Task Chunks_that_are_no_chunks_are_refused(string chunks)
    {
        string answer = await RawConnection.ExchangeAsync(server,
            $"PUT /a.txt HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{chunks}");
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Contains("/problems/bad-request", answer);
        Assert.Contains("no-store", answer);
    }

    [Fact]
    public async Task Another_method_finds_nothing_below_the_root()
    {
        foreach (string method in (string[])["GET", "HEAD", "POST", "PATCH", "DELETE"])
        {
            using var response = await server.SendAsync(new HttpMethod(method), "nothing-here", null);
            response.Is(HttpStatusCode.NotFound);
        }
    }
}
