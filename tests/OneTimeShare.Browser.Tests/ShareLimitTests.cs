using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Every limit is said before anything is sent.</summary>
public sealed class ShareLimitTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task What_is_over_a_limit_is_said_and_not_sent()
    {
        await using var strict = await Site.StartAsync(
            ("OTS_MAX_SIZE", "1kB"), ("OTS_EXTENSIONS", "env pdf"), ("OTS_CREATE_TOKEN", "let me in, please"));
        var sender = await VisitAsync(strict.Address);
        await sender.GoAsync();
        var page = new SharingPage(sender);
        sender.Context.Request += (_, request) => Assert.Fail(request.Url);

        await AssertObjectedAsync(page, "There is nothing to share yet", "Creating needs the operator's create token");
        await sender.AssertAccessibleAsync();
        await sender.Page.GetByLabel("Create token").FillAsync("let me in, please");
        await Expect(page.Objections).ToHaveCountAsync(0);

        await page.ChooseAsync(("a.exe", [1]));
        await AssertObjectedAsync(page, "a.exe is of a kind that the server does not take.");
        await page.Text.FillAsync("text too");
        await AssertObjectedAsync(page, "Either a text or files, not both");
        await page.Button("Remove a.exe").ClickAsync();

        await page.Text.FillAsync(new string('x', 1_001));
        await AssertObjectedAsync(page, "and the server takes 1 kB at most.");
        await page.Text.FillAsync("x");
        await page.Passphrase.FillAsync(new string('ä', 513));
        await AssertObjectedAsync(page, "The passphrase is too long");
    }

    [Fact]
    public async Task A_create_token_that_is_none_is_refused_and_the_right_one_is_not()
    {
        await using var strict = await Site.StartAsync(("OTS_CREATE_TOKEN", "let me in, please"));
        var sender = await VisitAsync(strict.Address);
        sender.Watch.Expect(401, "/api/v1/shares");
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Text.FillAsync("hush");
        await sender.Page.GetByLabel("Create token").FillAsync("guessed");
        await AssertObjectedAsync(page, "The server does not accept this create token.");
        await Expect(page.Text).ToHaveValueAsync("hush");
        await sender.Page.GetByLabel("Create token").FillAsync("let me in, please");
        await SharingPage.AssertHoldsAsync(strict, await page.ShareAsync(), "hush");
    }

    [Fact]
    public async Task A_lifetime_is_one_that_the_server_allows()
    {
        await using var strict = await Site.StartAsync(("OTS_TTL_MAX", "90m"), ("OTS_TTL_DEFAULT", "30m"));
        var sender = await VisitAsync(strict.Address);
        await sender.GoAsync();
        var page = new SharingPage(sender);
        var lifetime = sender.Page.GetByLabel("Runs out after");
        await Expect(lifetime).ToHaveValueAsync("1800");
        await Expect(lifetime.Locator("option")).ToHaveTextAsync(
            ["1 minute", "5 minutes", "30 minutes", "1 hour", "90 minutes"]);
        await lifetime.SelectOptionAsync("90 minutes");
        await page.Text.FillAsync("hush");
        var created = await sender.Page.RunAndWaitForRequestAsync(
            page.SealAsync, request => request.Method == "POST");
        Assert.EndsWith("/api/v1/shares?ttl=5400", created.Url);
        await page.LinkAsync();
    }

    [Fact]
    public async Task Whoever_has_shared_too_often_is_told_when_it_goes_on()
    {
        await using var strict = await Site.StartAsync(("OTS_RATE_LIMITS", "on"), ("OTS_RATE_CREATE", "1/h"));
        var sender = await VisitAsync(strict.Address);
        sender.Watch.Expect(429, "/api/v1/shares");
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Text.FillAsync("first");
        await page.ShareAsync();
        await page.Button("Share something else").ClickAsync();
        await page.Text.FillAsync("second");
        await page.SealAsync();
        await Expect(sender.Page.GetByText("The server takes no more from your network for now.")).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();
        await page.Button("Cancel").ClickAsync();
        await Expect(page.Text).ToHaveValueAsync("second");
    }

    private static async Task AssertObjectedAsync(SharingPage page, params string[] reasons)
    {
        await page.SealAsync();
        await Expect(page.Objections).ToContainTextAsync(reasons);
    }
}
