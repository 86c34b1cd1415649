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

    private static async Task SignInAsync(IPage page, string password)
    {
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
