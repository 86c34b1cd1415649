using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// The pictures of a demonstration, one after another, of the real application at work: scripts/demo. A picture's name
/// ends in the milliseconds for which it is shown.
/// </summary>
internal sealed class Demo(string folder)
{
    public const string Argument = "demo";

    private const string Text = Screenshots.Text;
    private const int TypedAtATime = 6;
    private const int Glance = 120, Look = 1500, Read = 2600;

    private int _pictures;

    public static async Task<int> RunAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var chromium = new Chromium();
        await chromium.InitializeAsync();
        await using var site = await Site.StartAsync();
        var screen = Visit.Desktop with { Width = 800, Height = 720, Theme = ColorScheme.Light };
        await new Demo(folder).ShowLifeAsync(() => Visitor.ArriveAsync(chromium.Browser, site.Address, screen));
        return 0;
    }

    /// <summary>Somebody shares a text; somebody takes it; who comes late is told so.</summary>
    private async Task ShowLifeAsync(Func<Task<Visitor>> arriveAsync)
    {
        await using var sender = await arriveAsync();
        var sharing = new SharingPage(sender);
        await sender.GoAsync();
        await ShowAsync(sender, Look);
        await sharing.Text.ScrollIntoViewIfNeededAsync();
        for (int typed = TypedAtATime; typed < Text.Length + TypedAtATime; typed += TypedAtATime)
        {
            await sharing.Text.FillAsync(Text[..Math.Min(typed, Text.Length)]);
            await ShowAsync(sender, Glance);
        }
        var seal = sharing.Button("Seal and get the link");
        await seal.ScrollIntoViewIfNeededAsync();
        await seal.HoverAsync();
        await ShowAsync(sender, Look);
        string link = await sharing.ShareAsync();
        await ShowAsync(sender, Read);

        await using var reader = await arriveAsync();
        await reader.GoAsync(link);
        var reveal = reader.Page.Locator("#reveal");
        await Expect(reveal).ToBeVisibleAsync();
        await ShowAsync(reader, Look);
        await reveal.HoverAsync();
        await ShowAsync(reader, Look);
        await reveal.ClickAsync();
        await Expect(reader.Page.Locator("#text")).ToContainTextAsync("battery-staple-7");
        await ShowAsync(reader, Read);

        await using var late = await arriveAsync();
        await late.GoAsync(link);
        await Expect(late.Page.Locator("#stop-title")).ToBeVisibleAsync();
        await ShowAsync(late, Read);
    }

    private async Task ShowAsync(Visitor visitor, int milliseconds)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{_pictures++:00}-{milliseconds}.png");
        await visitor.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(folder, name),
            Animations = ScreenshotAnimations.Disabled,
        });
    }
}
