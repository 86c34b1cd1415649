using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class ReceiptDoorTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly (string, string) Browser = ("Accept", "text/html");

    [Fact]
    public async Task The_receipt_page_is_the_same_for_every_id()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret), other = Secret.NewToken();
        using var there = await server.GetAsync($"r/{id}", Browser);
        using var notThere = await server.GetAsync($"r/{other}", Browser);
        there.Is(HttpStatusCode.OK);
        Assert.Equal((await there.TextAsync()).Replace(id, other), await notThere.TextAsync());
    }

    [Fact]
    public async Task The_sender_sees_allows_and_burns_by_a_form()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret);
        Assert.Contains("Waiting for its reader", await ActAsync(id, secret.ReceiptToken, "see"));
        for (int i = 0; i < 5; i++)
        {
            using var wrong = await server.SendAsync(secret.Unlock(id, Secret.NewProof()));
        }
        Assert.Contains("Locked: too many wrong passphrases", await ActAsync(id, secret.ReceiptToken, ""));
        Assert.Contains("Waiting for its reader", await ActAsync(id, secret.ReceiptToken, "allow"));
        using (var right = await server.SendAsync(secret.Unlock(id)))
            right.Is(HttpStatusCode.OK);
        Assert.Contains("Burned", await ActAsync(id, $"https://host/r/{id}#{secret.ReceiptToken}", "burn"));
        using var gone = await server.SendAsync(secret.Unlock(id));
        await gone.GoneAsync("burned", server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task The_claimant_is_not_the_sender()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        foreach (string act in (string[])["see", "allow", "burn"])
        {
            using var form = Secret.Form(("receipt_token", token), ("act", act));
            using var response = await server.PostAsync($"r/{id}", form);
            await response.ProblemAsync(404, "not-found");
        }
        using var fetched = await server.SendAsync(Secret.Fetch(id, token));
        fetched.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_a_form_is_taken()
    {
        using var response = await server.PostAsync($"r/{Secret.NewToken()}", Secret.Json(("act", "burn")));
        await response.ProblemAsync(415, "unsupported-media-type");
    }

    private async Task<string> ActAsync(string id, string token, string act)
    {
        using var form = Secret.Form(("receipt_token", token), ("act", act));
        using var response = await server.PostAsync($"r/{id}", form, Browser);
        response.Is(HttpStatusCode.OK);
        return await response.TextAsync();
    }
}
