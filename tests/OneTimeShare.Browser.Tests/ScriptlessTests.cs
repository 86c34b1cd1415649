using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>The whole job without script, where the server seals and opens, and says so.</summary>
public sealed class ScriptlessTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private static readonly Visit Scriptless = new() { Script = false };

    [Fact]
    public async Task A_text_is_shared_with_a_passphrase_taken_once_and_told_of_on_the_receipt()
    {
        var sender = await VisitAsync(Scriptless);
        await sender.GoAsync();
        await Expect(sender.Page.GetByText("Not end-to-end encrypted")).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();

        await sender.Page.GetByLabel("Passphrase").FillAsync("correct horse");
        await sender.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("battery staple");
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Seal" }).ClickAsync();
        string link = await sender.Page.GetByLabel("The link, for your reader").InputValueAsync();
        string receipt = await sender.Page.GetByLabel("The receipt link, for you").InputValueAsync();
        await sender.AssertAccessibleAsync();

        var reader = await VisitAsync(Scriptless);
        var (name, content) = await TakeAsync(reader, link, "correct horse");
        Assert.Equal("text.txt", name);
        Assert.Equal("battery staple"u8, content);

        await sender.GoAsync(receipt);
        await sender.AssertAccessibleAsync();
        await sender.Page.GetByLabel("Receipt token").FillAsync(receipt);
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "See what has happened" }).ClickAsync();
        await Expect(sender.Page.GetByText("Taken", new() { Exact = true })).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();

        var late = await VisitAsync(Scriptless);
        late.Watch.Expect(410, "/d/");
        await FillAsync(late, link, "correct horse");
        await late.Page.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync();
        await Expect(late.Page.GetByRole(AriaRole.Heading, new() { Name = "Somebody has taken it" })).ToBeVisibleAsync();
        await late.AssertAccessibleAsync();
    }

    private static async Task FillAsync(Visitor reader, string link, string passphrase)
    {
        await reader.GoAsync(link);
        await reader.Page.GetByLabel("Key").FillAsync(link);
        await reader.Page.GetByLabel("Passphrase").FillAsync(passphrase);
        await reader.AssertAccessibleAsync();
    }

    private static async Task<(string Name, byte[] Content)> TakeAsync(Visitor reader, string link, string passphrase)
    {
        await FillAsync(reader, link, passphrase);
        return await reader.DownloadAsync(() =>
            reader.Page.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync());
    }
}
