using System.Net;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public class TwoDoorsTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(null, 4)]
    [InlineData("p é", 4)]
    [InlineData(null, 200_000)]
    public async Task What_the_server_sealed_opens_for_a_program(string? passphrase, int length)
    {
        string text = new('x', length);
        var form = Form.Begin();
        if (passphrase is not null)
            form.Field("passphrase", passphrase);
        var share = await server.ShareAsync(form.File("a/b.txt", text, "text/markdown"));

        Assert.True(LinkKey.TryParse(share.LinkKey, out var linkKey));
        using var key = linkKey;
        string linkProof = StrictBase64Url.Encode(KeySchedule.LinkProof(key).ToArray());
        using var preview = await server.GetAsync(
            $"api/v1/shares/{share.Id}", ("Authorization", "Bearer " + linkProof));
        var seen = await preview.JsonAsync(HttpStatusCode.OK);
        Assert.Null(EnvelopeHeader.Read(
            StrictBase64Url.Decode(seen.GetProperty("header").GetString()), out var header));
        Assert.Equal(passphrase is not null, seen.GetProperty("passphrase").GetBoolean());
        Assert.True(Passphrase.TryParse(passphrase, out var given));
        using var keys = KeySchedule.Derive(key, header!, given);

        string token = Secret.NewToken();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/shares/{share.Id}/claim")
        {
            Content = Secret.Json(
                ("link_proof", linkProof), ("claim_proof", StrictBase64Url.Encode(keys.ClaimProof.ToArray())),
                ("claim_token", token)),
        };
        using var response = await server.SendAsync(request);
        var claim = await response.JsonAsync(HttpStatusCode.OK);
        var manifest = new SealedManifest(StrictBase64Url.Decode(claim.GetProperty("manifest").GetString())!);
        Assert.Null(manifest.Open(keys, claim.GetProperty("size").GetInt64(), out var opened));
        Assert.Equal(new ManifestFile("a/b.txt", "text/markdown", length), Assert.Single(opened!.Files));
        Assert.False(opened.Text);

        using var fetched = await server.SendAsync(Secret.Fetch(share.Id, token));
        using var content = new ContentReader(new MemoryStream(await fetched.BytesAsync()), keys, opened);
        using var plain = new MemoryStream();
        var room = new byte[Records.ContentLength];
        var cancellation = TestContext.Current.CancellationToken;
        while (await content.ReadAsync(room, cancellation) is var piece && !piece.Bytes.IsEmpty)
            plain.Write(piece.Bytes.Span);
        Assert.Equal(text, System.Text.Encoding.ASCII.GetString(plain.ToArray()));
    }

    [Fact]
    public async Task Neither_the_plain_text_nor_the_key_touches_the_disk_or_the_log()
    {
        byte[] plain = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7 / 3))];
        var share = await server.ShareAsync(
            Form.Begin().Field("passphrase", "a passphrase to look for").File("a-name-to-look-for.txt", plain));
        foreach (byte[] secret in (byte[][])
            [plain[..64], plain[^64..], StrictBase64Url.Decode(share.LinkKey)!,
                StrictBase64Url.Decode(share.ReceiptToken)!,
                "a passphrase to look for"u8.ToArray(), "a-name-to-look-for"u8.ToArray()])
            Assert.False(server.Holds(secret));
        using var opened = await server.OpenAsync(share, "a passphrase to look for");
        Assert.Equal(plain, await opened.BytesAsync());
        Assert.False(server.Holds(plain.AsSpan(0, 64)));
        server.Logs.AssertSilentAbout(
            share.Id, share.LinkKey, share.ReceiptToken, "a passphrase to look for", "a-name-to-look-for");
    }
}
