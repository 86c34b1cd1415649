using System.Net;
using Microsoft.Playwright;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>What a sender sees and does on the receipt page. Time passes when a test says so, on both sides.</summary>
public sealed class ReceiptTests(Chromium chromium, Site site, RunningServer server)
    : BrowserTest(chromium, site), IClassFixture<RunningServer>
{
    private const int LongestWait = 30_000;

    [Fact]
    public async Task A_receipt_changes_as_it_happens_and_rests_at_the_end()
    {
        var (secret, id) = await CreateAsync("p");
        var sender = await OpenAsync(secret, id);
        await ExpectStateAsync(sender, "Waiting for its reader");
        await Expect(sender.Page.Locator("#allow")).ToBeHiddenAsync();
        await sender.AssertAccessibleAsync();

        for (int i = 0; i < 5; i++)
            (await server.SendAsync(secret.Unlock(id, Secret.NewProof()))).Dispose();
        await LookAgainAsync(sender);
        await ExpectStateAsync(sender, "Locked: too many wrong passphrases");
        await sender.AssertAccessibleAsync();

        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Allow more attempts" }).ClickAsync();
        await ExpectStateAsync(sender, "Waiting for its reader");

        string token = Secret.NewToken();
        (await server.SendAsync(secret.Claim(id, token))).Dispose();
        await LookAgainAsync(sender);
        await ExpectStateAsync(sender, "Taken, and on its way to its reader");
        await Expect(sender.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Taken, and on its way");
        await sender.AssertAccessibleAsync();

        (await server.SendAsync(Secret.End(id, token))).Dispose();
        await LookAgainAsync(sender);
        await ExpectStateAsync(sender, "Delivered");
        await Expect(sender.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await sender.AssertAccessibleAsync();

        int asked = 0;
        sender.Context.Request += (_, _) => Interlocked.Increment(ref asked);
        await LookAgainAsync(sender);
        Assert.Equal(0, asked);
    }

    [Theory]
    [InlineData(6, false, "Ran out unread")]
    [InlineData(1, true, "Taken, and not confirmed")]
    public async Task Time_alone_can_end_a_share(int hours, bool claimed, string state)
    {
        var (secret, id) = await CreateAsync();
        if (claimed)
            (await server.SendAsync(secret.Claim(id, Secret.NewToken()))).Dispose();
        server.Clock.Advance(TimeSpan.FromHours(hours));
        var sender = await OpenAsync(secret, id);
        await ExpectStateAsync(sender, state);
        await sender.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_share_is_burned_by_the_keyboard_and_not_by_a_key_pressed_twice()
    {
        var (secret, id) = await CreateAsync();
        var sender = await OpenAsync(secret, id);
        await ExpectStateAsync(sender, "Waiting for its reader");
        var keyboard = sender.Page.Keyboard;
        var burn = sender.Page.GetByRole(AriaRole.Button, new() { Name = "Burn it", Exact = true });
        var question = sender.Page.GetByText("Burning cannot be undone");
        await sender.TabToAsync(burn);

        await keyboard.PressAsync("Enter");
        await Expect(question).ToBeFocusedAsync();
        await sender.AssertAccessibleAsync();
        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Space");
        await keyboard.PressAsync("Escape");
        await Expect(question).ToBeHiddenAsync();
        await Expect(burn).ToBeFocusedAsync();
        using (var pending = await server.SendAsync(secret.Preview(id)))
            pending.Is(HttpStatusCode.OK);

        await keyboard.PressAsync("Enter");
        await keyboard.PressAsync("Tab");
        await Expect(sender.Page.GetByRole(AriaRole.Button, new() { Name = "Burn it now" })).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");
        await ExpectStateAsync(sender, "Burned");
        await Expect(State(sender)).ToBeFocusedAsync();
        await sender.AssertAccessibleAsync();
        using var gone = await server.SendAsync(secret.Preview(id));
        await gone.GoneAsync("burned", server.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData("", "This is not a whole receipt link")]
    [InlineData("#AAAA", "This is not a whole receipt link")]
    [InlineData("#AAAAAAAAAAAAAAAAAAAAAA", "There is no such receipt")]
    public async Task A_link_that_is_none_is_told_so(string fragment, string title)
    {
        var (_, id) = await CreateAsync();
        var sender = await VisitAsync(server.Address);
        sender.Watch.Expect(404, "/receipt");
        await sender.GoAsync($"r/{id}{fragment}");
        await Expect(sender.Page.GetByRole(AriaRole.Heading, new() { Name = title })).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_page_goes_on_when_the_server_is_back()
    {
        var (secret, id) = await CreateAsync();
        await using var proxy = new CuttableProxy(server.Address);
        var sender = await OpenAsync(secret, id, new Visit { Address = proxy.Address });
        sender.Watch.Expect(0, "/receipt");
        await ExpectStateAsync(sender, "Waiting for its reader");
        proxy.Closed = true;
        proxy.Cut();
        await LookAgainAsync(sender);
        var trouble = sender.Page.Locator("#trouble");
        await Expect(trouble).ToContainTextAsync("does not answer");
        (await server.SendAsync(Secret.End(id, secret.ReceiptToken))).Dispose();
        proxy.Closed = false;
        await LookAgainAsync(sender);
        await ExpectStateAsync(sender, "Burned");
        await Expect(trouble).ToBeHiddenAsync();
    }

    [Fact]
    public async Task On_paper_there_is_the_receipt_and_nothing_to_press()
    {
        var (secret, id) = await CreateAsync();
        var sender = await OpenAsync(secret, id, new Visit { Theme = ColorScheme.Dark });
        await ExpectStateAsync(sender, "Waiting for its reader");
        await sender.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(State(sender)).ToBeVisibleAsync();
        await Expect(sender.Page.GetByText(id)).ToBeVisibleAsync();
        await Expect(State(sender)).ToHaveCSSAsync("color", "rgb(0, 0, 0)");
        await Expect(sender.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await Expect(sender.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.DoesNotContain(secret.ReceiptToken, await sender.Page.ContentAsync());
    }

    [Fact]
    public async Task A_visitor_is_spoken_to_in_their_language()
    {
        var (secret, id) = await CreateAsync();
        var sender = await OpenAsync(secret, id, Visit.Desktop with { Locale = "de-AT" });
        await ExpectStateAsync(sender, "Wartet darauf, gelesen zu werden");
        await Expect(sender.Page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await sender.AssertAccessibleAsync();
    }

    private async Task<(Secret Secret, string Id)> CreateAsync(string? passphrase = null)
    {
        var secret = await Secret.SealAsync("hush", passphrase: passphrase);
        return (secret, await server.CreateAsync(secret));
    }

    private async Task<Visitor> OpenAsync(Secret secret, string id, Visit? visit = null)
    {
        var sender = await VisitAsync(server.Address, visit);
        await sender.Page.Clock.InstallAsync();
        await sender.GoAsync($"r/{id}#{secret.ReceiptToken}");
        return sender;
    }

    private static Task LookAgainAsync(Visitor sender) => sender.Page.Clock.FastForwardAsync(LongestWait);

    private static ILocator State(Visitor sender) => sender.Page.Locator("#state");

    private static Task ExpectStateAsync(Visitor sender, string state) => Expect(State(sender)).ToHaveTextAsync(state);
}
