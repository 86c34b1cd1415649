using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>How long somebody who says nothing more may hold a connection, by the server's own clock.</summary>
public sealed class SilenceTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", 21)]
    [InlineData("PUT /a.txt HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx", 121)]
    [InlineData("POST /r/a HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: 100\r\n\r\nact=", 121)]
    public async Task A_connection_that_falls_silent_is_closed(string said, int seconds)
    {
        await using var server = await RunningServer.StartAsync();
        using var connection = RawConnection.Open(server);
        await connection.SendAsync(said);
        var end = connection.ReadToEndAsync();
        // Only what the server has heard counts, so the clock goes on until it has.
        for (int looks = 0; !end.IsCompleted; looks++)
        {
            Assert.True(looks < 600, "The connection is still open.");
            server.Clock.Advance(TimeSpan.FromSeconds(seconds));
            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }
        Assert.DoesNotContain("HTTP/1.1 500", await end);
    }
}
