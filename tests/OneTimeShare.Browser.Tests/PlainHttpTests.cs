using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// By plain HTTP from another machine a browser has no WebCrypto: the server does the job, and the page says so.
/// </summary>
public sealed class PlainHttpTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task A_secret_is_shared_and_taken_where_no_browser_can_seal()
    {
        var sender = await VisitPlainAsync(Visit.Desktop);
        await sender.GoAsync();
        Assert.True(await sender.Page.EvaluateAsync<bool>("() => crypto.subtle === undefined"));
        await ExpectLabelAsync(sender, "This page came over plain HTTP");
        await sender.AssertAccessibleAsync();
        await sender.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("battery staple");
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Seal" }).ClickAsync();
        string link = await sender.Page.GetByLabel("The link, for your reader").InputValueAsync();
        Assert.StartsWith(sender.Address.AbsoluteUri, link, StringComparison.Ordinal);

        var reader = await VisitPlainAsync(Visit.Phone with { Locale = "de-DE" });
        await reader.GoAsync(link);
        await ExpectLabelAsync(reader, "Diese Seite kam über unverschlüsseltes HTTP");
        await reader.AssertAccessibleAsync();
        await reader.Page.GetByLabel("Key").FillAsync(link);
        var (name, content) = await reader.DownloadAsync(() =>
            reader.Page.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync());
        Assert.Equal("text.txt", name);
        Assert.Equal("battery staple"u8, content);
    }

    [Fact]
    public async Task A_browser_that_is_too_old_to_seal_is_told_so()
    {
        var visitor = await VisitAsync();
        await visitor.Context.AddInitScriptAsync("delete globalThis.WebAssembly;");
        await visitor.GoAsync();
        await ExpectLabelAsync(visitor, "This browser is too old");
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Seal" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_receipt_needs_no_sealing_and_is_alive_there_too()
    {
        var sender = await VisitPlainAsync(Visit.Desktop);
        await sender.GoAsync();
        await sender.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("battery staple");
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Seal" }).ClickAsync();
        string receipt = await sender.Page.GetByLabel("The receipt link, for you").InputValueAsync();
        await sender.GoAsync(receipt);
        await Expect(sender.Page.Locator("#state")).ToHaveTextAsync("Waiting for its reader");
    }

    private async Task<Visitor> VisitPlainAsync(Visit visit)
    {
        var visitor = await VisitAsync(visit with
        {
            Address = new UriBuilder(Site.Address) { Host = Chromium.PlainHost }.Uri,
        });
        // A browser heeds this header over HTTPS alone, and says so.
        visitor.Watch.ExpectWords("The Cross-Origin-Opener-Policy header has been ignored");
        return visitor;
    }

    private static async Task ExpectLabelAsync(Visitor visitor, string why)
    {
        var notice = visitor.Page.Locator("#unsealed");
        await Expect(notice).ToBeVisibleAsync();
        await Expect(notice).ToContainTextAsync(why);
    }
}
