using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>What is no HTTP at all, or only just.</summary>
public sealed class RawHttpTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("nonsense\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n")]
    [InlineData("GET /%zz%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: gzip\r\n\r\nabc")]
    [InlineData("POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    public async Task What_is_malformed_is_a_4xx_and_never_a_mistake_of_the_server(string request)
    {
        string answer = await RawConnection.ExchangeAsync(server, request);
        Assert.StartsWith("HTTP/1.1 4", answer);
        Assert.DoesNotContain("Server:", answer);
        Assert.DoesNotContain("A mistake of ours", server.Logs.Text);
    }

    [Fact]
    public async Task Another_version_of_http_is_told_so() => Assert.StartsWith(
        "HTTP/1.1 505 ", await RawConnection.ExchangeAsync(server, "GET / HTTP/9.9\r\nHost: x\r\n\r\n"));

    [Theory]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET /d/AAAAAAAAAAAAAAAAAAAAAA HTTP/1.0\r\n\r\n")]
    [InlineData("GET http://other.example/ HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n")]
    public async Task Old_and_unusual_requests_are_answered(string request) =>
        Assert.StartsWith("HTTP/1.1 200 ", await RawConnection.ExchangeAsync(server, request));

    [Fact]
    public async Task A_body_that_stops_in_the_middle_is_given_up_after_two_minutes_of_silence()
    {
        using var connection = RawConnection.Open(server);
        await connection.SendAsync("PUT /dump.sql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
            + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
        // Asked for the body, it waits for it.
        Assert.StartsWith("HTTP/1.1 100 ", await connection.ReadHeadAsync());
        var answer = connection.ReadToEndAsync();
        while (!answer.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(121));
            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System,
                TestContext.Current.CancellationToken));
        }
        Assert.Contains("/problems/silent", await answer);
    }
}
