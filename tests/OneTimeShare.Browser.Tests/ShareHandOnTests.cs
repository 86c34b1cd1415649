using Microsoft.Playwright;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>What a link is handed on by differs from browser to browser.</summary>
public sealed class ShareHandOnTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private const string HasShareSheet = """
        globalThis.handedOn = [];
        Navigator.prototype.share = (data) => { globalThis.handedOn.push(data); return Promise.resolve(); };
        """;

    private const string HasNoShareSheet = "delete Navigator.prototype.share;";

    private const string RefusesTheClipboard = """
        Clipboard.prototype.writeText = () => Promise.reject(new DOMException("No.", "NotAllowedError"));
        """;

    [Fact]
    public async Task Where_the_device_can_hand_a_link_on_there_is_a_button_that_does()
    {
        var (sender, page, link) = await ShareAsync(HasShareSheet);
        await page.Button("Hand on").First.ClickAsync();
        Assert.Equal(link, await sender.Page.EvaluateAsync<string>("() => globalThis.handedOn[0].url"));
        Assert.Equal(["url"], await sender.Page.EvaluateAsync<string[]>("() => Object.keys(globalThis.handedOn[0])"));
        await sender.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Where_it_cannot_there_is_none()
    {
        var (_, page, _) = await ShareAsync(HasNoShareSheet);
        await Expect(page.Button("Copy").First).ToBeVisibleAsync();
        await Expect(page.Button("Hand on")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Where_the_clipboard_is_refused_the_link_is_selected_to_be_copied_by_hand()
    {
        var (sender, page, link) = await ShareAsync(RefusesTheClipboard);
        await page.Button("Copy").First.ClickAsync();
        await Expect(sender.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("copy it yourself");
        await Expect(page.Link).ToBeFocusedAsync();
        Assert.Equal(link, await sender.Page.EvaluateAsync<string>("() => getSelection().toString()"));
    }

    [Fact]
    public async Task Where_the_clipboard_is_refused_the_text_is_selected_to_be_copied_by_hand()
    {
        var sent = await Sent.ByAsync(
            Site.Server.Client, await Secret.SealAsync([("text.txt", "by hand"u8.ToArray())], text: true));
        var reader = await VisitAsync();
        await reader.Context.AddInitScriptAsync(RefusesTheClipboard);
        await reader.GoAsync(sent.Link);
        await reader.ClickAsync("Reveal");
        await reader.ClickAsync("Copy");
        await reader.SeesTextAsync("The text is selected: copy it yourself.");
        Assert.Equal("by hand", await reader.Page.EvaluateAsync<string>("() => getSelection().toString().trim()"));
        await reader.AssertAccessibleAsync();
    }

    private async Task<(Visitor Sender, SharingPage Page, string Link)> ShareAsync(string browser)
    {
        var sender = await VisitAsync();
        await sender.Context.AddInitScriptAsync(browser);
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Text.FillAsync("hush");
        return (sender, page, await page.ShareAsync());
    }
}
