using System.Net;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class PreviewTests(RunningServer server) : IClassFixture<RunningServer>
{
    /// <summary>What goes through a link before its reader does.</summary>
    private static readonly string[] Bots =
    [
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
        "WhatsApp/2.23.20.0",
        "TelegramBot (like TwitterBot)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "Twitterbot/1.0",
        "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "BarracudaCentral/mail-scanner",
    ];

    [Theory]
    [InlineData(null)]
    [InlineData("correct horse")]
    public async Task A_preview_shows_what_is_needed_to_derive_the_keys(string? passphrase)
    {
        var secret = await Secret.SealAsync("hush", passphrase: passphrase);
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Preview(id));
        var preview = await response.JsonAsync(
            HttpStatusCode.OK, "id", "header", "size", "passphrase", "expires_at");
        Assert.Equal(id, preview.GetProperty("id").GetString());
        Assert.Equal(
            StrictBase64Url.Encode(secret.Envelope.AsSpan(..EnvelopeHeader.Length)),
            preview.GetProperty("header").GetString());
        Assert.Equal(272, preview.GetProperty("size").GetInt64());
        Assert.Equal(passphrase is not null, preview.GetProperty("passphrase").GetBoolean());
        Assert.Equal(
            (server.Clock.GetUtcNow() + TimeSpan.FromHours(5)).Rfc3339(),
            preview.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task Whoever_looks_takes_and_counts_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
        {
            foreach (string bot in Bots)
                await LookEverywhereAsync(method, bot, secret, id);
        }
        using var receipt = await server.SendAsync(secret.Receipt(id));
        var json = await receipt.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("pending", json.GetProperty("state").GetString());
        Assert.Equal(0, json.GetProperty("failed_attempts").GetInt32());
        using var claim = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        claim.Is(HttpStatusCode.OK);
    }

    private async Task LookEverywhereAsync(HttpMethod method, string bot, Secret secret, string id)
    {
        string[] paths =
        [
            $"d/{id}", $"d/{id}?key={secret.LinkKey}", $"d/{id}%23{secret.LinkKey}", $"download/{id}", $"r/{id}",
            $"api/v1/shares/{id}", $"api/v1/shares/{id}/content", $"api/v1/shares/{id}/claim",
            $"api/v1/shares/{id}/unlock", $"api/v1/shares/{id}/receipt",
        ];
        foreach (string path in paths)
        {
            foreach (string proof in (string[])["", secret.LinkProof, Secret.NewProof(), secret.ReceiptToken])
            {
                using var response = await server.SendAsync(method, path, null,
                    ("User-Agent", bot), ("Authorization", "Bearer " + proof), ("Accept", "text/html"),
                    ("Purpose", "prefetch"), ("Sec-Purpose", "prefetch;prerender"), ("Sec-Fetch-Site", "cross-site"));
                int status = (int)response.StatusCode;
                Assert.True(status is 200 or 302 or 308 or 404 or 405, $"{path} {response.StatusCode}");
            }
        }
    }
}
