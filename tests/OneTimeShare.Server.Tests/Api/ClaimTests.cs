using System.Net;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public class ClaimTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task An_unlock_shows_the_manifest_and_takes_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        for (int i = 0; i < 3; i++)
        {
            using var response = await server.SendAsync(secret.Unlock(id));
            var unlock = await response.JsonAsync(HttpStatusCode.OK, "manifest", "size", "expires_at");
            Assert.Equal(StrictBase64Url.Encode(secret.Manifest), unlock.GetProperty("manifest").GetString());
            Assert.Equal(272, unlock.GetProperty("size").GetInt64());
            Assert.Equal(
                (server.Clock.GetUtcNow() + TimeSpan.FromHours(5)).Rfc3339(),
                unlock.GetProperty("expires_at").GetString());
        }
        using var receipt = await server.SendAsync(secret.Receipt(id));
        Assert.Equal("pending", (await receipt.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_claim_of_a_single_record_has_it_in_the_answer_and_behind_content_too()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        using var response = await server.SendAsync(secret.Claim(id, token));
        var claim = await response.JsonAsync(HttpStatusCode.OK, "manifest", "size", "lease_until", "content");
        Assert.Equal(StrictBase64Url.Encode(secret.Manifest), claim.GetProperty("manifest").GetString());
        Assert.Equal(272, claim.GetProperty("size").GetInt64());
        Assert.Equal(StrictBase64Url.Encode(secret.Records), claim.GetProperty("content").GetString());

        using var content = await server.SendAsync(Secret.Fetch(id, token));
        content.Is(HttpStatusCode.OK);
        Assert.Equal(secret.Records, await content.BytesAsync());
    }

    [Theory]
    [InlineData(65_536, true)]
    [InlineData(65_537, false)]
    public async Task Only_one_record_is_in_the_answer(int length, bool inAnswer)
    {
        var secret = await Secret.SealAsync(new byte[length]);
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        string[] content = inAnswer ? ["content"] : [];
        var claim = await response.JsonAsync(HttpStatusCode.OK, ["manifest", "size", "lease_until", .. content]);
        Assert.Equal(secret.Records.Length, claim.GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task A_claim_repeated_with_its_token_has_the_same_answer_at_any_time_of_the_lease()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        using var first = await server.SendAsync(secret.Claim(id, token));
        first.Is(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        using var second = await server.SendAsync(secret.Claim(id, token));
        second.Is(HttpStatusCode.OK);
        Assert.Equal(await first.TextAsync(), await second.TextAsync());
    }

    [Fact]
    public async Task Whoever_comes_second_learns_that_and_when_somebody_was_first()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        var claimedAt = server.Clock.GetUtcNow();
        using var first = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        first.Is(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromSeconds(7));
        foreach (var late in (HttpRequestMessage[])
            [secret.Claim(id, Secret.NewToken()), secret.Unlock(id), secret.Preview(id), secret.Open(id)])
        {
            using var response = await server.SendAsync(late);
            await response.GoneAsync("claimed", claimedAt);
            late.Dispose();
        }
    }

    [Fact]
    public async Task Of_many_claims_at_once_one_wins_whatever_the_door()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
        {
            using var request = i % 2 == 0 ? secret.Claim(id, Secret.NewToken()) : secret.Open(id);
            using var response = await server.SendAsync(request);
            return (int)response.StatusCode;
        }));
        Assert.Equal(1, statuses.Count(status => status == 200));
        Assert.Equal(23, statuses.Count(status => status == 410));
    }

    [Fact]
    public async Task A_claim_with_the_token_of_a_claim_does_not_ask_for_the_claim_proof_again_but_for_the_link_proof()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        using var first = await server.SendAsync(secret.Claim(id, token));
        first.Is(HttpStatusCode.OK);
        using var again = await server.SendAsync(secret.Claim(id, token, claimProof: Secret.NewProof()));
        again.Is(HttpStatusCode.OK);
        var stranger = await Secret.SealAsync("not theirs");
        using var strange = await server.SendAsync(stranger.Claim(id, token));
        await strange.ProblemAsync(404, "not-found");
    }
}
