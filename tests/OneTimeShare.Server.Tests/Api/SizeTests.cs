using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

/// <summary>A server that takes 100,000 bytes, which pad to 100,352.</summary>
public sealed class SizeTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(("OTS_MAX_SIZE", "100kB"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_envelope_of_exactly_the_limit_is_taken_and_one_of_the_next_padded_size_is_not(bool chunked)
    {
        using var exact = await SendAsync(await Secret.SealAsync(new byte[100_000]), chunked);
        exact.Is(HttpStatusCode.Created);
        using var more = await SendAsync(await Secret.SealAsync(new byte[100_353]), chunked);
        await more.ProblemAsync(413, "too-large");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_envelope_longer_than_any_that_is_taken_is_too_large(bool chunked)
    {
        using var response = await SendAsync(await Secret.SealAsync(new byte[500_000]), chunked);
        await response.ProblemAsync(413, "too-large");
    }

    [Theory]
    [InlineData("POST", "api/v1/shares", "application/vnd.onetimeshare.envelope")]
    [InlineData("POST", "upload", "text/plain")]
    [InlineData("PUT", "a.txt", "text/plain")]
    public async Task Who_is_still_sending_what_was_refused_unread_lives_to_see_the_answer(
        string method, string path, string type)
    {
        byte[] body = new byte[25_000_000];
        for (int round = 0; round < 5; round++)
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(type);
            using var response = await _server.SendAsync(
                new HttpMethod(method), path, content, ("Authorization", "Bearer " + Secret.NewToken()));
            await response.ProblemAsync(413, "too-large");
        }
    }

    [Theory]
    [InlineData("POST /api/v1/shares", "application/vnd.onetimeshare.envelope", 500_000)]
    [InlineData("POST /upload", "multipart/form-data; boundary=x", 100_000 + (1 << 20) + 1)]
    [InlineData("POST /upload", "text/plain", 100_001)]
    [InlineData("PUT /a.txt", "text/plain", 100_001)]
    public async Task What_says_that_it_is_too_large_is_refused_before_a_byte_of_it_is_sent(
        string line, string type, int length)
    {
        using var connection = RawConnection.Open(_server);
        await connection.SendAsync(
            $"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Secret.NewToken()}\r\nContent-Type: {type}\r\n"
            + $"Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 413 ", await connection.ReadHeadAsync());
    }

    [Fact]
    public async Task A_form_may_be_a_mebibyte_longer_than_what_is_in_it()
    {
        using var connection = RawConnection.Open(_server);
        await connection.SendAsync(
            "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            + $"Content-Length: {100_000 + (1 << 20)}\r\nExpect: 100-continue\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadAsync());
    }

    [Theory]
    [InlineData("POST /api/v1/shares", "application/vnd.onetimeshare.envelope", "OTS1\u0001\0\0\0")]
    [InlineData("POST /upload", "multipart/form-data; boundary=x",
        "--x\r\nContent-Disposition: form-data; name=text\r\n\r\n")]
    [InlineData("PUT /a.txt", "text/plain", "x")]
    public async Task An_endless_body_is_refused_while_it_comes(string line, string type, string start)
    {
        using var connection = RawConnection.Open(_server);
        await connection.SendAsync(
            $"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Secret.NewToken()}\r\nContent-Type: {type}\r\n"
            + $"Transfer-Encoding: chunked\r\n\r\n{start.Length:x}\r\n{start}\r\n");
        var answer = connection.ReadHeadAsync();
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[65_536], .. "\r\n"u8];
        for (int sent = 0; sent < 64 && !answer.IsCompleted; sent++)
            await connection.SendAsync(chunk);
        Assert.StartsWith("HTTP/1.1 413 ", await answer);
    }

    [Fact]
    public async Task What_is_not_too_large_is_asked_to_go_on()
    {
        using var connection = RawConnection.Open(_server);
        await connection.SendAsync(
            "PUT /a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadAsync());
        await connection.SendAsync("hush");
        Assert.StartsWith("HTTP/1.1 201 ", await connection.ReadToEndAsync());
    }

    [Theory]
    [InlineData(100_000, 201)]
    [InlineData(100_001, 413)]
    public async Task A_raw_body_is_taken_up_to_the_limit(int length, int status)
    {
        foreach (bool chunked in (bool[])[false, true])
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "a.txt")
            {
                Content = new ByteArrayContent(new byte[length]),
            };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await _server.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData(100_000, 201)]
    [InlineData(100_001, 413)]
    public async Task Files_in_a_form_are_taken_up_to_the_limit_of_their_sum(int length, int status)
    {
        foreach (bool chunked in (bool[])[false, true])
        {
            using var form = new MultipartFormDataContent
            {
                { new ByteArrayContent(new byte[60_000]), "file", "a.txt" },
                { new ByteArrayContent(new byte[length - 60_000]), "file", "b.txt" },
            };
            using var request = new HttpRequestMessage(HttpMethod.Post, "upload") { Content = form };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await _server.SendAsync(request);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData(100_000, 201)]
    [InlineData(100_001, 413)]
    public async Task A_text_in_a_form_is_taken_up_to_the_limit(int length, int status)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(new byte[length]), "text" } };
        using var response = await _server.PostAsync("upload", form);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("POST /api/v1/shares", "application/vnd.onetimeshare.envelope")]
    [InlineData("POST /upload", "text/plain")]
    [InlineData("PUT /a.txt", "text/plain")]
    public async Task A_body_that_ends_early_publishes_nothing(string line, string type)
    {
        var secret = await Secret.SealAsync(new byte[90_000]);
        using (var connection = RawConnection.Open(_server))
        {
            await connection.SendAsync(
                $"{line} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {secret.ReceiptToken}\r\nContent-Type: {type}\r\n"
                + $"Content-Length: {secret.Envelope.Length}\r\n\r\n");
            await connection.SendAsync(secret.Envelope.AsMemory(..^1));
            connection.EndSending();
            Assert.DoesNotContain(" 201 ", await connection.ReadToEndAsync());
        }
        Assert.DoesNotContain("Error", _server.Logs.Text);
        using var policy = await _server.GetAsync("api/v1/policy");
        policy.Is(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> SendAsync(Secret secret, bool chunked)
    {
        using var request = secret.Create();
        request.Headers.TransferEncodingChunked = chunked;
        return await _server.SendAsync(request);
    }
}
