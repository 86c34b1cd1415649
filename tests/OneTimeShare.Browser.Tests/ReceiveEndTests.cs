using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Where a link leads to nothing, or not yet: each is said plainly, and nothing is taken.</summary>
public sealed partial class ReceiveEndTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task Five_wrong_passphrases_lock_it_until_its_sender_allows_more()
    {
        var (server, sent) = await SendAsync(await Secret.SealAsync("x", passphrase: "right"));
        await using var _ = server;
        var reader = await VisitAsync(server.Address);
        reader.Watch.Expect(403, "/unlock");
        reader.Watch.Expect(423, "/unlock");
        await reader.GoAsync(sent.Link);
        foreach (string left in (string[])["4 attempts are", "3 attempts are", "2 attempts are", "One attempt is"])
        {
            await reader.UnlockAsync("wrong");
            await reader.SeesTextAsync($"{left} left");
        }
        await reader.UnlockAsync("wrong");
        await reader.SeesAsync("It is locked");
        await reader.AssertAccessibleAsync();

        using var allowed = await server.SendAsync(sent.Secret.AllowAttempts(sent.Id));
        allowed.Is(HttpStatusCode.NoContent);
        await reader.ClickAsync("Try again");
        await reader.SeesAsync("It needs a passphrase");
        await reader.UnlockAsync("right");
        await reader.SeesAsync("A file is waiting");
    }

    [Theory]
    [InlineData("claimed", "Somebody was first")]
    [InlineData("delivered", "It has been delivered")]
    [InlineData("unconfirmed", "It has been taken")]
    [InlineData("expired", "Too late")]
    [InlineData("burned", "Its sender has deleted it")]
    public async Task What_has_ended_says_how_and_when(string state, string heading)
    {
        var (server, sent) = await SendAsync(await Secret.SealAsync("x"));
        await using var _ = server;
        string token = Secret.NewToken();
        var act = state switch
        {
            "burned" => Secret.End(sent.Id, sent.Secret.ReceiptToken),
            "expired" => null,
            _ => sent.Secret.Claim(sent.Id, token),
        };
        if (act is not null)
            (await server.SendAsync(act)).Dispose();
        if (state == "delivered")
            (await server.SendAsync(Secret.End(sent.Id, token))).Dispose();
        if (state is "expired" or "unconfirmed")
            server.Clock.Advance(TimeSpan.FromHours(6));

        var reader = await VisitAsync(server.Address);
        reader.Watch.Expect(410, "/api/");
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync(heading);
        await Expect(reader.Page.Locator("#stop-facts time")).ToContainTextAsync("31 January 2000");
        await Expect(reader.Act("Try again")).ToBeHiddenAsync();
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_wrong_key_finds_nothing_and_another_link_can_be_typed()
    {
        var sent = await Sent.ByAsync(Site.Server.Client, await Secret.SealAsync("x"));
        var other = await Secret.SealAsync("y");
        var reader = await VisitAsync();
        reader.Watch.Expect(404, "/api/");
        await reader.GoAsync($"d/{sent.Id}#{other.LinkKey}");
        await reader.SeesAsync("There is nothing here");
        await reader.AssertAccessibleAsync();
        await reader.ClickAsync("Type another link");
        await reader.Page.GetByLabel("The whole link, or its key").FillAsync(sent.Secret.LinkKey);
        await reader.ClickAsync("Go on");
        await reader.SeesAsync("A file is waiting");
    }

    [Fact]
    public async Task A_missing_key_is_asked_for_and_a_malformed_one_refused()
    {
        var sent = await Sent.ByAsync(Site.Server.Client, await Secret.SealAsync("x"));
        var reader = await VisitAsync();
        await reader.GoAsync($"d/{sent.Id}");
        await reader.SeesAsync("The key is missing");
        await reader.AssertAccessibleAsync();
        var field = reader.Page.GetByLabel("The whole link, or its key");
        await field.FillAsync(sent.Secret.LinkKey[..^1]);
        await reader.ClickAsync("Go on");
        await reader.SeesTextAsync("That is no key");
        await Expect(field).ToBeFocusedAsync();
        await reader.AssertAccessibleAsync();
        await field.FillAsync($" {reader.Address}{sent.Link} ");
        await reader.ClickAsync("Go on");
        await reader.SeesAsync("A file is waiting");

        var other = await VisitAsync();
        await other.GoAsync($"d/{sent.Id}#{sent.Secret.LinkKey}x");
        await other.SeesTextAsync("That is no key");
    }

    [Fact]
    public async Task A_mangled_link_is_said_to_be_one_and_goes_on()
    {
        var sent = await Sent.ByAsync(Site.Server.Client, await Secret.SealAsync("x"));
        var reader = await VisitAsync();
        await reader.GoAsync(sent.Link.Replace("#", "%23", StringComparison.Ordinal));
        await reader.SeesAsync("A file is waiting");
        await reader.SeesTextAsync("The link was changed on its way");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_server_that_is_away_is_tried_again()
    {
        var sent = await Sent.ByAsync(Site.Server.Client, await Secret.SealAsync("x"));
        await using var proxy = new CuttableProxy(Site.Address);
        var reader = await VisitAsync(proxy.Address);
        reader.Watch.Expect(0, "/api/");
        await reader.GoAsync($"d/{sent.Id}");
        await reader.SeesAsync("The key is missing");
        proxy.Closed = true;
        proxy.Cut();
        await reader.Page.GetByLabel("The whole link, or its key").FillAsync(sent.Secret.LinkKey);
        await reader.ClickAsync("Go on");
        await reader.SeesAsync("No connection");
        await reader.AssertAccessibleAsync();
        proxy.Closed = false;
        await reader.ClickAsync("Try again");
        await reader.SeesAsync("A file is waiting");
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_told_to_wait_and_the_page_goes_on_by_itself()
    {
        await using var server = await RunningServer.StartAsync(("OTS_RATE_LIMITS", "on"), ("OTS_RATE_OPEN", "1/h"));
        var sent = await Sent.ByAsync(server.Http, await Secret.SealAsync("x"));
        var reader = await VisitAsync(server.Address);
        reader.Watch.Expect(429, "/api/");
        await reader.Page.Clock.InstallAsync();
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("Asked too often");
        await reader.SeesTextAsync("This page looks again by itself in 60 minutes.");
        await reader.AssertAccessibleAsync();
        await reader.Page.Clock.FastForwardAsync("59:30");
        await Expect(reader.Page.GetByText(InSeconds())).ToBeVisibleAsync();
        await Expect(reader.Act("Try again")).ToBeVisibleAsync();
        // The server counts by a clock that no test moves, so it refuses again.
        await reader.Page.RunAndWaitForResponseAsync(
            () => reader.Page.Clock.FastForwardAsync("00:31"), response => response.Status == 429);
        await reader.SeesTextAsync("This page looks again by itself in");
    }

    [Fact]
    public async Task What_the_server_has_lost_is_said_to_be_its_fault()
    {
        var (server, sent) = await SendAsync(await Secret.SealAsync(new byte[200_000]));
        await using var _ = server;
        var reader = await VisitAsync(server.Address);
        reader.Watch.Expect(410, "/content");
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("A file is waiting");
        await server.LoseBlobAsync(sent.Id);
        await reader.ClickAsync("Reveal");
        await reader.ClickAsync("Save secret.bin");
        await reader.SeesAsync("The server has lost it");
        await Expect(reader.Act("Try again")).ToBeHiddenAsync();
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task What_a_newer_version_has_sealed_is_not_taken()
    {
        var sent = await Sent.ByAsync(Site.Server.Client, await Secret.SealAsync("x"));
        var reader = await VisitAsync();
        // This server refuses such an envelope, so what a newer one says is put into its answer.
        await reader.Page.RouteAsync("**/api/v1/shares/*", async route =>
        {
            var answer = await route.FetchAsync();
            var preview = JsonNode.Parse(await answer.TextAsync())!;
            var header = Base64Url.DecodeFromChars((string)preview["header"]!);
            header[4] = 2;
            preview["header"] = Base64Url.EncodeToString(header);
            await route.FulfillAsync(new() { Response = answer, Body = preview.ToJsonString() });
        });
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("Made by a newer version");
        await reader.SeesTextAsync("This page does not know the format of this secret. Nothing was taken.");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task What_was_changed_on_the_server_is_not_handed_on()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        secret.Envelope[100_000] ^= 1;
        var sent = await Sent.ByAsync(Site.Server.Client, secret);
        var reader = await VisitAsync();
        reader.ExpectStreamedContent(); // what is left of this one is broken off
        await reader.GoAsync(sent.Link);
        await reader.ClickAsync("Reveal");
        bool downloaded = false;
        reader.Page.Download += (_, _) => downloaded = true;
        await reader.ClickAsync("Save secret.bin");
        await reader.SeesAsync("It is damaged");
        Assert.False(downloaded);
        await reader.AssertAccessibleAsync();
    }

    private static async Task<(RunningServer Server, Sent Sent)> SendAsync(Secret secret)
    {
        var server = await RunningServer.StartAsync();
        return (server, await Sent.ByAsync(server.Http, secret));
    }

    [GeneratedRegex(@"by itself in \d+ seconds?\.")]
    private static partial Regex InSeconds();
}
