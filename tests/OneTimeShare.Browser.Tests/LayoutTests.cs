using System.Text;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Every page, on screens of any width and in either direction of writing.</summary>
public sealed class LayoutTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    // What sticks out is found even where the page hides it; a scrolling text or list may be wider inside.
    private const string StickingOut = """
        () => {
          const width = document.documentElement.clientWidth;
          const scrolls = (element) => element !== null
            && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
          return [...document.body.querySelectorAll("*")]
            .filter((element) => element.checkVisibility() && !element.closest(".visually-hidden, svg, .skip"))
            .filter((element) => !scrolls(element.parentElement))
            .filter((element) => { const { left, right } = element.getBoundingClientRect();
                                   return left < -1 || right > width + 1; })
            .map((element) => `${element.tagName} ${element.id} ${element.className}`);
        }
        """;

    private const string LongName = "Ein-Name-der-kein-Ende-nimmt-und-keine-Stelle-hat-an-der-man-ihn-umbrechen-kann"
        + "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.tar.gz";

    [Theory]
    [InlineData(320, 640, "ltr")]
    [InlineData(320, 640, "rtl")]
    [InlineData(1280, 800, "rtl")]
    [InlineData(3840, 2160, "ltr")]
    public async Task Nothing_sticks_out_of_any_page(int width, int height, string direction)
    {
        var screen = Visit.Desktop with { Width = width, Height = height };
        var sender = await VisitAsync(screen);
        await sender.GoAsync();
        var sharing = new SharingPage(sender);
        await sharing.ChooseAsync((LongName, [1, 2, 3]), ("\u05e9\u05dc\u05d5\u05dd.txt", []));
        await AssertInsideAsync(sender, direction, "share");
        string link = await sharing.ShareAsync();
        await AssertInsideAsync(sender, direction, "created");
        string receipt = await sharing.ReceiptLink.InputValueAsync();

        var reader = await VisitAsync(screen);
        await reader.GoAsync(link);
        await reader.SeesAsync("2 files are waiting");
        await AssertInsideAsync(reader, direction, "receive");
        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Save what you got");
        await AssertInsideAsync(reader, direction, "files");

        var keeper = await VisitAsync(screen);
        await keeper.GoAsync(receipt);
        await Expect(keeper.Page.Locator("#state")).ToBeVisibleAsync();
        await AssertInsideAsync(keeper, direction, "receipt");

        var late = await VisitAsync(screen);
        late.Watch.Expect(410, "/api/");
        await late.GoAsync(link);
        await late.SeesAsync("Somebody was first");
        await AssertInsideAsync(late, direction, "error");
    }

    [Fact]
    public async Task A_text_of_long_lines_and_right_to_left_words_stays_inside_too()
    {
        string text = new string('x', 5_000) + "\n\u05e9\u05dc\u05d5\u05dd \u202eabc";
        var secret = await Secret.SealAsync([("text.txt", new UTF8Encoding(false, true).GetBytes(text))], text: true);
        var sent = await Sent.ByAsync(Site.Server.Client, secret);
        var reader = await VisitAsync(Visit.Phone);
        await reader.GoAsync(sent.Link);
        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Here it is");
        await AssertInsideAsync(reader, "ltr", "text");
        await AssertInsideAsync(reader, "rtl", "text");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_moves_for_whoever_wants_no_motion(bool calm)
    {
        var visitor = await VisitAsync(Visit.Desktop with { CalmMotion = calm });
        await visitor.GoAsync();
        bool moves = await visitor.Page.EvaluateAsync<bool>("""
            () => [...document.querySelectorAll("*")].map((element) => getComputedStyle(element)).some(
              ({ transitionDuration, animationName, scrollBehavior }) =>
                transitionDuration !== "0s" || animationName !== "none" || scrollBehavior === "smooth")
            """);
        Assert.Equal(!calm, moves);
    }

    private static async Task AssertInsideAsync(Visitor visitor, string direction, string name)
    {
        await visitor.Page.EvaluateAsync("direction => { document.documentElement.dir = direction; }", direction);
        Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(StickingOut));
        if (Environment.GetEnvironmentVariable("BROWSER_PICTURES") is { Length: > 0 } folder)
        {
            int width = visitor.Page.ViewportSize!.Width;
            await visitor.ShowAsync(Path.Combine(folder, $"{name}-{width}-{direction}.png"));
        }
    }
}
