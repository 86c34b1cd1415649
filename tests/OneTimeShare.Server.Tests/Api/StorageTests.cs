using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class StorageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_server_says_so_and_takes_again_what_fits_after_a_burn(bool chunked)
    {
        await using var server = await RunningServer.StartAsync(("OTS_MAX_STORAGE", "300kB"));
        var first = await Secret.SealAsync(new byte[200_000]);
        string id = await server.CreateAsync(first);
        using (var refused = await server.SendAsync(Another(await Secret.SealAsync(new byte[200_000]), chunked)))
            await refused.ProblemAsync(507, "storage-full");

        using var burn = await server.SendAsync(Secret.End(id, first.ReceiptToken));
        burn.Is(HttpStatusCode.NoContent);
        using var taken = await server.SendAsync(Another(await Secret.SealAsync(new byte[200_000]), chunked));
        taken.Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_full_server_refuses_at_the_doors_as_well()
    {
        await using var server = await RunningServer.StartAsync(("OTS_MAX_STORAGE", "1kB"));
        using var response = await server.SendAsync(HttpMethod.Put, "a.txt", new ByteArrayContent(new byte[2_000]));
        await response.ProblemAsync(507, "storage-full");
    }

    private static HttpRequestMessage Another(Secret secret, bool chunked)
    {
        var request = secret.Create();
        request.Headers.TransferEncodingChunked = chunked;
        return request;
    }
}
