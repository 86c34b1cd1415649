using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

public sealed class FailedAnswerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_left_of_what_was_said_of_an_answer_that_failed()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(new WebOptions());
        await using var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.Run(context =>
        {
            var headers = context.Response.Headers;
            (headers.ETag, headers.AcceptRanges, headers.ContentRange) = ("\"x\"", "bytes", "bytes 0-9/10");
            (headers.ContentDisposition, headers.ContentSecurityPolicy) = ("attachment", "sandbox");
            (headers.ContentLength, headers["Claim-Token"]) = (10, "token");
            throw new StoreUnavailableException("The disk is gone.");
        });
        await app.StartAsync(Cancel);
        var server = app.Services.GetRequiredService<IServer>();
        string address = server.Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await client.GetAsync(new Uri(address), Cancel);
        Assert.Equal(503, (int)response.StatusCode);
        Assert.Contains("unavailable", await response.Content.ReadAsStringAsync(Cancel));
        foreach (string name in (string[])["ETag", "Accept-Ranges", "Content-Range", "Content-Disposition"])
        {
            Assert.False(response.Headers.NonValidated.Contains(name), name);
            Assert.False(response.Content.Headers.NonValidated.Contains(name), name);
        }
        Assert.Equal(
            SecurityHeaders.ContentSecurityPolicy,
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("token", Assert.Single(response.Headers.GetValues("Claim-Token")));
    }
}
