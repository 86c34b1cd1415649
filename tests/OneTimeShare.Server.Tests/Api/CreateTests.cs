using System.Net;
using System.Net.Http.Headers;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class CreateTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_created_share_has_an_id_a_location_and_the_default_lifetime()
    {
        var secret = await Secret.SealAsync("hush");
        using var response = await server.SendAsync(secret.Create());
        var created = await response.JsonAsync(HttpStatusCode.Created, "id", "expires_at");
        string id = created.GetProperty("id").GetString()!;
        Assert.True(ShareId.TryParse(id, out _));
        Assert.Equal($"/api/v1/shares/{id}", response.Header("Location"));
        Assert.Equal(
            (server.Clock.GetUtcNow() + TimeSpan.FromHours(5)).Rfc3339(),
            created.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task An_envelope_of_unknown_length_is_taken_as_well()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        using var request = secret.Create();
        request.Headers.TransferEncodingChunked = true;
        using var response = await server.SendAsync(request);
        var created = await response.JsonAsync(HttpStatusCode.Created);
        string id = created.GetProperty("id").GetString()!;
        string token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        claim.Is(HttpStatusCode.OK);
        using var content = await server.SendAsync(Secret.Fetch(id, token));
        Assert.Equal(secret.Records, await content.BytesAsync());
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("61", 61)]
    [InlineData("604800", 604_800)]
    public async Task A_lifetime_within_the_policy_is_kept_to_the_second(string ttl, int seconds)
    {
        var secret = await Secret.SealAsync("hush");
        using var response = await server.SendAsync(secret.Create($"?ttl={ttl}"));
        var created = await response.JsonAsync(HttpStatusCode.Created);
        Assert.Equal(
            (server.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds)).Rfc3339(),
            created.GetProperty("expires_at").GetString());
    }

    [Theory]
    [InlineData("59")]
    [InlineData("604801")]
    [InlineData("0")]
    [InlineData("-60")]
    [InlineData("")]
    [InlineData("5h")]
    [InlineData("60.0")]
    [InlineData("6e1")]
    [InlineData("%2060")]
    [InlineData("99999999999999999999")]
    [InlineData("60&ttl=60")]
    public async Task A_lifetime_outside_the_policy_is_refused(string ttl)
    {
        var secret = await Secret.SealAsync("hush");
        using var response = await server.SendAsync(secret.Create($"?ttl={ttl}"));
        await response.ProblemAsync(422, "lifetime");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("Bearer AAAAAAAAAAAAAAAAAAAA+/")]
    [InlineData("Basic AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_share_needs_a_receipt_token_of_16_bytes(string? authorization)
    {
        var secret = await Secret.SealAsync("hush");
        using var request = secret.Create();
        request.Headers.Authorization = null;
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var response = await server.SendAsync(request);
        await response.ProblemAsync(400, "receipt-token");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/octet-stream")]
    [InlineData("application/vnd.onetimeshare.envelope2")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task Another_media_type_is_refused(string? type)
    {
        var secret = await Secret.SealAsync("hush");
        using var request = secret.Create();
        request.Content!.Headers.Remove("Content-Type");
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.SendAsync(request);
        await response.ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task A_media_type_may_be_in_capitals_and_have_parameters()
    {
        var secret = await Secret.SealAsync("hush");
        using var request = secret.Create();
        request.Content!.Headers.ContentType =
            new MediaTypeHeaderValue("Application/Vnd.OneTimeShare.Envelope") { Parameters = { new("v", "1") } };
        using var response = await server.SendAsync(request);
        response.Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Nothing_of_a_share_that_its_sender_or_reader_holds_is_in_the_folder_or_in_the_log()
    {
        var secret = await Secret.SealAsync("the plain text of a secret");
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        claim.Is(HttpStatusCode.OK);
        foreach (string shown in (string[])
            [secret.LinkKey, secret.LinkProof, secret.ClaimProof, secret.ReceiptToken, token])
        {
            Assert.False(server.Holds(StrictBase64Url.Decode(shown)));
            server.Logs.AssertSilentAbout(shown);
        }
        Assert.False(server.Holds(secret.Content));
        server.Logs.AssertSilentAbout(id);
    }
}
