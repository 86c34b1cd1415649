using System.Net;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>The form that opens a share for whoever has no program of ours.</summary>
public class TakeDoorTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_000)]
    public async Task What_a_program_sealed_opens_at_the_form_once(int length)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(length), "dump.bin");
        string id = await server.CreateAsync(secret);
        var claimedAt = server.Clock.GetUtcNow();
        using var opened = await server.SendAsync(secret.Open(id));
        opened.Is(HttpStatusCode.OK);
        Assert.Equal(length, opened.Content.Headers.ContentLength);
        Assert.Equal("application/octet-stream", opened.Header("Content-Type"));
        Assert.Equal("sandbox", opened.Header("Content-Security-Policy"));
        Assert.Equal("no", opened.Header("X-Accel-Buffering"));
        Assert.Equal(("dump.bin", "dump.bin"), opened.FileName());
        Assert.Equal(secret.Content, await opened.BytesAsync());

        using var second = await server.SendAsync(secret.Open(id));
        await second.GoneAsync("claimed", claimedAt);
    }

    [Fact]
    public async Task A_text_of_a_program_is_a_text_at_the_form()
    {
        var secret = await Secret.SealAsync([("text.txt", "hush é"u8.ToArray())], text: true);
        using var opened = await server.SendAsync(secret.Open(await server.CreateAsync(secret)));
        Assert.Equal("text/plain; charset=utf-8", opened.Header("Content-Type"));
        Assert.Equal("hush é", await opened.TextAsync());
    }

    [Fact]
    public async Task Whoever_brings_no_claim_token_is_given_one_by_which_the_delivery_can_be_repeated()
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        string id = await server.CreateAsync(secret);
        using var first = await server.SendAsync(secret.Open(id));
        string token = first.Header("Claim-Token")!;
        Assert.Equal(22, token.Length);
        await first.BytesAsync();
        using var second = await server.SendAsync(secret.Open(id, claimToken: token));
        second.Is(HttpStatusCode.OK);
        Assert.Null(second.Header("Claim-Token"));
        Assert.Equal(secret.Content, await second.BytesAsync());
        using var end = await server.SendAsync(Secret.End(id, token));
        end.Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_claim_by_a_program_can_be_delivered_at_the_form_with_its_token()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        using var opened = await server.SendAsync(secret.Open(id, "p", token));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Fact]
    public async Task After_the_last_byte_the_lease_is_a_minute()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        string form = $"key={secret.LinkKey}&claim_token={token}";
        Assert.EndsWith("hush", await RawConnection.PostFormAsync(server, $"d/{id}", form));
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.EndsWith("hush", await RawConnection.PostFormAsync(server, $"d/{id}", form));
        // The earlier end counts: sending it again does not put the end off.
        server.Clock.Advance(TimeSpan.FromSeconds(2));
        using var late = await server.SendAsync(secret.Open(id, claimToken: token));
        await late.ProblemAsync(410, "unconfirmed", "state", "at");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public async Task A_malformed_key_is_a_strangers(string key)
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(Secret.Open(id, key, null, null));
        await response.ProblemAsync(404, "not-found");
        using var none = await server.PostAsync($"d/{id}", Secret.Form(("passphrase", "p")));
        await none.ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_key_may_be_pasted_with_its_whole_link_and_spaces_around()
    {
        foreach (string before in (string[])["", "#", "https://host/d/x#", "  ", " https://host/d/AAAA# "])
        {
            var secret = await Secret.SealAsync("hush");
            string id = await server.CreateAsync(secret);
            using var opened = await server.SendAsync(Secret.Open(id, before + secret.LinkKey + " \n", null, null));
            Assert.Equal("hush", await opened.TextAsync());
        }
    }

    [Fact]
    public async Task A_missing_passphrase_is_not_counted_and_a_needless_one_is_ignored()
    {
        var locked = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(locked);
        for (int i = 0; i < 6; i++)
        {
            using var response = await server.SendAsync(locked.Open(id, i % 2 == 0 ? null : ""));
            await response.ProblemAsync(422, "passphrase-required");
        }
        using var opened = await server.SendAsync(locked.Open(id, "p"));
        Assert.Equal("hush", await opened.TextAsync());

        var open = await Secret.SealAsync("hush");
        using var needless = await server.SendAsync(open.Open(await server.CreateAsync(open), "needless"));
        Assert.Equal("hush", await needless.TextAsync());
    }

    [Theory]
    [InlineData("passphrase=%FF")]
    [InlineData("passphrase=p%ED%A0%80")]
    [InlineData("passphrase=p\u00FF")]
    [InlineData("passphrase=p&passphrase=p")]
    public async Task A_passphrase_that_is_no_utf8_or_is_there_twice_is_refused_and_not_counted(string field)
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret);
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes($"key={secret.LinkKey}&{field}"));
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        using var response = await server.PostAsync($"d/{id}", content);
        await response.ProblemAsync(422, "malformed-passphrase");
        using var receipt = await server.SendAsync(secret.Receipt(id));
        Assert.Equal(0, (await receipt.JsonAsync(HttpStatusCode.OK)).GetProperty("failed_attempts").GetInt32());
        using var opened = await server.SendAsync(secret.Open(id, "p"));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Theory]
    [InlineData("50%", "50%25")]
    [InlineData("50%", "50%")]
    [InlineData("%FF", "%25FF")]
    [InlineData("a+b c=d&\u00E9", "a%2Bb+c=d%26%c3%A9")]
    public async Task A_form_is_read_as_browsers_and_curl_write_it(string passphrase, string written)
    {
        var secret = await Secret.SealAsync("hush", passphrase: passphrase);
        string form = $"&key={secret.LinkKey}&&passphrase={written}&other";
        string answer = await RawConnection.PostFormAsync(server, $"d/{await server.CreateAsync(secret)}", form);
        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.EndsWith("hush", answer);
    }

    [Fact]
    public async Task A_wrong_passphrase_with_ones_own_claim_token_is_told_and_not_counted()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        for (int i = 0; i < 6; i++)
        {
            using var wrong = await server.SendAsync(secret.Open(id, "wrong", token));
            await wrong.ProblemAsync(403, "wrong-passphrase");
        }
        using var opened = await server.SendAsync(secret.Open(id, "p", token));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAB")]
    public async Task A_malformed_claim_token_is_refused_and_takes_nothing(string token)
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Open(id, claimToken: token));
        await response.ProblemAsync(400, "bad-request");
        using var opened = await server.SendAsync(secret.Open(id));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 415)]
    [InlineData("application/x-www-form-urlencoded", "{many}", 400)]
    [InlineData("application/x-www-form-urlencoded", "{long}", 400)]
    [InlineData("application/x-www-form-urlencoded", "{huge}", 413)]
    public async Task Only_a_small_form_is_taken(string type, string body, int status)
    {
        body = body.Replace("{many}", string.Join('&', Enumerable.Range(0, 100).Select(i => $"f{i}=x")))
            .Replace("{long}", "key=" + new string('x', 5_000)).Replace("{huge}", "key=" + new string('x', 20_000));
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.PostAsync($"d/{Secret.NewToken()}", content);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_browser_is_told_of_a_problem_on_a_page()
    {
        using var content = Secret.Form(("key", "x"));
        using var response = await server.PostAsync(
            $"d/{Secret.NewToken()}", content, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"));
        response.Is(HttpStatusCode.NotFound);
        Assert.Equal("text/html; charset=utf-8", response.Header("Content-Type"));
        Assert.Contains("There is nothing here", await response.TextAsync());
    }
}
