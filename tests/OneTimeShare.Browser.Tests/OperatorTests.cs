using Microsoft.Playwright;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>What an operator does in a browser; it works without script.</summary>
public sealed class OperatorTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private const string Password = "correct horse battery staple";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_operator_signs_in_looks_around_burns_a_share_and_signs_out(bool script)
    {
        await using var served = await Site.StartAsync(
            ("OTS_ADMIN_PASSWORD", Password), ("OTS_IMPRINT_URL", "https://example.org/imprint"));
        var secret = await Secret.SealAsync("hush");
        using var created = await served.Server.Client.SendAsync(secret.Create(), Cancel);
        string id = (await created.JsonAsync(System.Net.HttpStatusCode.Created)).GetProperty("id").GetString()!;
        for (int others = 0; others < 55; others++)
            await served.Server.SendAsync((await Secret.SealAsync("hush")).Create());

        var visitor = await VisitAsync(served.Address, Visit.Desktop with { Script = script });
        var page = visitor.Page;
        await visitor.GoAsync("admin");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Imprint" })).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
        visitor.Watch.Expect(401, "/admin/sign-in");
        await SignInAsync(page, "not the password");
        await Expect(page.GetByText("That is not the password")).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
        await SignInAsync(page, Password);
        await Expect(page.GetByText("Waiting or on their way")).ToBeVisibleAsync();
        await Expect(page.GetByText("written and read back").First).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Counts" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "56 in the last 7 days" }).First).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Shares" }).ClickAsync();
        await visitor.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = id }).ClickAsync();
        await Expect(page.GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Burn it now" }).ClickAsync();
        await Expect(page.GetByText("Burned", new() { Exact = true })).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
        Assert.Equal(System.Net.HttpStatusCode.Gone, await served.Server.SendAsync(secret.Preview(id)));

        await page.GetByRole(AriaRole.Link, new() { Name = "Overview" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
        await visitor.GoAsync("list-files");
        await Expect(page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_nothing_is_kept_yet_the_pages_say_so_on_a_phone()
    {
        await using var served = await Site.StartAsync(("OTS_ADMIN_PASSWORD", Password));
        var visitor = await VisitAsync(served.Address, Visit.Phone);
        var page = visitor.Page;
        await visitor.GoAsync("admin");
        await SignInAsync(page, Password);
        await Expect(page.GetByText("0 bytes, limited by the disk")).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Shares" }).ClickAsync();
        await Expect(page.GetByText("There are none on this page.")).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Counts" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "0 in the last 7 days, 0 in the busiest hour" }).First)
            .ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();

        visitor.Watch.Expect(404, "/info/AAAAAAAAAAAAAAAAAAAAAA");
        await visitor.GoAsync("info/AAAAAAAAAAAAAAAAAAAAAA");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Whoever_has_guessed_too_often_is_told_when_to_come_again()
    {
        await using var served = await Site.StartAsync(("OTS_ADMIN_PASSWORD", Password));
        var visitor = await VisitAsync(served.Address, Visit.Desktop);
        visitor.Watch.Expect(401, "/admin/sign-in");
        visitor.Watch.Expect(429, "/admin/sign-in");
        await visitor.GoAsync("admin");
        for (int guesses = 0; guesses < 10; guesses++)
        {
            await SignInAsync(visitor.Page, $"guess {guesses}");
            await Expect(visitor.Page.GetByText("That is not the password")).ToBeVisibleAsync();
        }

        await SignInAsync(visitor.Page, "one more guess");

        await Expect(visitor.Page.GetByText("Ask again in")).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Try again" }).ClickAsync();
        await Expect(visitor.Page.GetByLabel("Password")).ToBeVisibleAsync();
    }

    private static async Task SignInAsync(IPage page, string password)
    {
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
