using System.Net;
using System.Text;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public sealed class ConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_serves_the_next_request_after_a_body_whether_it_was_taken_or_refused()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var connection = await RawConnection.OpenAsync(server);
        var small = await Secret.SealAsync("the content");
        var large = await Secret.SealAsync(new byte[300_000]);
        (HttpRequestMessage Request, HttpStatusCode Status)[] requests =
        [
            (small.Create(), HttpStatusCode.Created),
            (large.Create(), HttpStatusCode.Created),
            (small.Create(envelope: small.Envelope[..^1]), HttpStatusCode.BadRequest),
            (large.Create(envelope: large.Envelope[..^1]), HttpStatusCode.BadRequest),
            (small.Create(envelope: new byte[300_000]), HttpStatusCode.BadRequest),
            (Forms.Put("a.txt", "the content"u8.ToArray()), HttpStatusCode.Created),
            (Forms.Put("a.txt", []), HttpStatusCode.UnprocessableEntity),
            (Forms.Put("a.exe", new byte[10_000]), HttpStatusCode.UnprocessableEntity),
            (Forms.Multipart(null, ("a.txt", new byte[300_000])), HttpStatusCode.Created),
            (Forms.Multipart(null, ("a.exe", new byte[300_000])), HttpStatusCode.UnprocessableEntity),
        ];
        foreach (var (request, status) in requests)
        {
            await connection.SendAsync(await RawConnection.BytesOfAsync(request), Cancel);
            Assert.Equal(status, await connection.ReadStatusAsync(Cancel));
        }
        await connection.SendAsync(Encoding.ASCII.GetBytes("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"), Cancel);
        Assert.Equal(HttpStatusCode.OK, await connection.ReadStatusAsync(Cancel));
    }
}
