using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class JsonTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Proof = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("17")]
    [InlineData("\"x\"")]
    [InlineData("{}")]
    [InlineData("{\"link_proof\":1,\"claim_proof\":2,\"claim_token\":3}")]
    [InlineData("{\"link_proof\":null,\"claim_proof\":null,\"claim_token\":null}")]
    [InlineData("{\"link_proof\":[\"P\"],\"claim_proof\":{},\"claim_token\":true}")]
    [InlineData("{\"claim_proof\":\"P\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"link_proof\":\"P\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"link_proof\":\"P=\",\"claim_proof\":\"P\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"link_proof\":\"P\",\"claim_proof\":\"P A\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"LINK_PROOF\":\"P\",\"CLAIM_PROOF\":\"P\",\"CLAIM_TOKEN\":\"AAAAAAAAAAAAAAAAAAAAAA\"}")]
    [InlineData("{\"link_proof\":\"P\",\"claim_proof\":\"P\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\"} x")]
    [InlineData("{\"link_proof\":\"P\",\"claim_proof\":\"P\",\"claim_token\":\"AAAAAAAAAAAAAAAAAAAAAA\",}")]
    [InlineData("{'link_proof':'P'}")]
    [InlineData("\u0000")]
    public async Task What_is_not_the_json_of_a_door_is_refused(string json)
    {
        string body = json.Replace("P", Proof, StringComparison.Ordinal);
        foreach (string door in (string[])["unlock", "claim"])
        {
            using var response = await PostAsync(door, new UTF8Encoding(false).GetBytes(body), "application/json");
            await response.ProblemAsync(400, "bad-request");
        }
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("")]
    public async Task A_claim_token_of_another_length_or_form_is_refused(string token)
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Claim(id, token));
        await response.ProblemAsync(400, "bad-request");
        using var form = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        form.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deep_nesting_and_bytes_that_are_no_utf8_are_refused()
    {
        string deep = new string('[', 8_000) + new string(']', 8_000);
        foreach (byte[] body in (byte[][])[Encoding.ASCII.GetBytes(deep), [0x7B, 0xFF, 0xFE, 0x7D], [0xEF, 0xBB, 0xBF]])
        {
            using var response = await PostAsync("claim", body, "application/json");
            await response.ProblemAsync(400, "bad-request");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task More_than_16_kib_is_too_large(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/shares/{Secret.NewToken()}/claim")
        {
            Content = new StringContent(
                "{\"x\":\"" + new string('x', 16_384) + "\"}", new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await server.SendAsync(request);
        await response.ProblemAsync(413, "too-large");
    }

    [Fact]
    public async Task Fields_that_mean_nothing_are_ignored()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var request = secret.Unlock(id);
        request.Content = Secret.Json(
            ("link_proof", secret.LinkProof), ("claim_proof", secret.ClaimProof), ("passphrase", null), ("more", "x"));
        using var response = await server.SendAsync(request);
        response.Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/problem+json")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Only_json_is_taken_so_that_no_form_of_another_site_can_claim(string? type)
    {
        foreach (string door in (string[])["unlock", "claim"])
        {
            using var response = await PostAsync(door, "{}"u8.ToArray(), type);
            await response.ProblemAsync(415, "unsupported-media-type");
        }
    }

    [Fact]
    public async Task A_charset_may_stand_behind_the_media_type()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var request = secret.Unlock(id);
        request.Content!.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        using var response = await server.SendAsync(request);
        response.Is(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> PostAsync(string door, byte[] body, string? type)
    {
        using var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await server.PostAsync($"api/v1/shares/{Secret.NewToken()}/{door}", content);
    }
}
