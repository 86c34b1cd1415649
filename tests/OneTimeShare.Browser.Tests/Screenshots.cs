using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Pictures of the pages for the documents, of the real application at work: scripts/screenshots.</summary>
internal static class Screenshots
{
    public const string Argument = "screenshots";

    /// <summary>What is shared in every picture.</summary>
    public const string Text = "Staging database\nuser: deploy\npassword: battery-staple-7\n";

    private static readonly (string Name, Visit Visit)[] Screens =
    [
        ("desktop", Visit.Desktop with { Height = 800 }),
        ("phone", Visit.Phone with { Width = 390, Height = 844 }),
    ];

    public static async Task<int> RunAsync(string folder)
    {
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var site = await Site.StartAsync();
        foreach (var (screen, visit) in Screens)
        {
            foreach (var theme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                string suffix = $"{screen}-{(theme == ColorScheme.Light ? "light" : "dark")}.png";
                await ShowLifeAsync(
                    () => Visitor.ArriveAsync(chromium.Browser, site.Address, visit with { Theme = theme }),
                    name => Path.Combine(folder, $"{name}-{suffix}"));
            }
        }
        return 0;
    }

    /// <summary>One secret from the first page to the last, with what a late reader sees.</summary>
    private static async Task ShowLifeAsync(Func<Task<Visitor>> arriveAsync, Func<string, string> picture)
    {
        await using var sender = await arriveAsync();
        var sharing = new SharingPage(sender);
        await sender.GoAsync();
        await sharing.Text.FillAsync(Text);
        await sender.ShowAsync(picture("share"));
        string link = await sharing.ShareAsync();
        await sender.ShowAsync(picture("created"));
        string receipt = await sharing.ReceiptLink.InputValueAsync();

        await using var reader = await arriveAsync();
        await reader.GoAsync(link);
        await Expect(reader.Page.Locator("#reveal")).ToBeVisibleAsync();
        await reader.ShowAsync(picture("receive"));
        await reader.Page.Locator("#reveal").ClickAsync();
        await Expect(reader.Page.Locator("#text")).ToContainTextAsync("battery-staple-7");
        await reader.ShowAsync(picture("revealed"));

        await using var keeper = await arriveAsync();
        await keeper.GoAsync(receipt);
        await Expect(keeper.Page.Locator("#state")).ToBeVisibleAsync();
        await keeper.ShowAsync(picture("receipt"));

        await using var late = await arriveAsync();
        await late.GoAsync(link);
        await Expect(late.Page.Locator("#stop-title")).ToBeVisibleAsync();
        await late.ShowAsync(picture("error"));
    }
}
