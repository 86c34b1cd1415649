using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Server.Doors;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Shares;

public sealed class BurnShareTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly CancellationToken Gone = new(canceled: true);

    private IShareStore Store => server.Services.GetRequiredService<IShareStore>();

    private IBlobStore Blobs => server.Services.GetRequiredService<IBlobStore>();

    [Fact]
    public async Task A_sender_who_has_hung_up_has_burned_it()
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        string id = await server.CreateAsync(secret);
        var context = new DefaultHttpContext { RequestAborted = Gone };
        context.Request.Headers.Authorization = $"Bearer {secret.ReceiptToken}";
        var answer = await BurnShare.HandleAsync(id, context.Request, Store, Blobs);
        Assert.IsType<NoContent>(answer.Result);
        using var gone = await server.SendAsync(secret.Unlock(id));
        await gone.GoneAsync("burned", server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_sender_who_has_hung_up_after_the_form_has_burned_it()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        var context = new DefaultHttpContext { RequestServices = server.Services };
        context.Request.Method = HttpMethods.Post;
        context.Request.ContentType = "application/x-www-form-urlencoded";
        using var hangUp = new CancellationTokenSource();
        context.RequestAborted = hangUp.Token;
        context.Request.Body = new HangsUpAtItsEnd(
            Encoding.ASCII.GetBytes($"receipt_token={secret.ReceiptToken}&act=burn"), hangUp);
        await ReceiptDoor.HandleAsync(id, context, Store, Blobs, server.Services.GetRequiredService<WebOptions>());
        Assert.True(hangUp.IsCancellationRequested);
        using var gone = await server.SendAsync(secret.Unlock(id));
        await gone.GoneAsync("burned", server.Clock.GetUtcNow());
    }

    private sealed class HangsUpAtItsEnd(byte[] bytes, CancellationTokenSource hangUp) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, CancellationToken.None);
            if (read == 0)
                await hangUp.CancelAsync();
            return read;
        }
    }
}
