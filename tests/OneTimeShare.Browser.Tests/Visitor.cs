using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>Somebody with a browser of their own, whose every step is watched.</summary>
internal sealed partial class Visitor : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private readonly Visit _visit;

    private Visitor(Visit visit, IBrowserContext context, IPage page, Watch watch, Uri address)
    {
        _visit = visit;
        _context = context;
        Page = page;
        Watch = watch;
        Address = address;
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    public Watch Watch { get; }

    /// <summary>Of the server as this visitor reaches it; ends in a slash.</summary>
    public Uri Address { get; }

    public static async Task<Visitor> ArriveAsync(IBrowser browser, Uri server, Visit visit)
    {
        var address = visit.Address ?? server;
        var context = await browser.NewContextAsync(visit.ToOptions(address));
        // Nothing in these pages takes long, and a test that waits in vain is to say so soon.
        context.SetDefaultTimeout(20_000);
        var watch = await Watch.OnAsync(context, address);
        return new Visitor(visit, context, await context.NewPageAsync(), watch, address);
    }

    /// <summary>Below the server's address, or a whole link.</summary>
    public Task<IResponse?> GoAsync(string path = "") => Page.GotoAsync(new Uri(Address, path).AbsoluteUri);

    public Task GoOfflineAsync(bool offline = true) => _context.SetOfflineAsync(offline);

    public Task AssertAccessibleAsync() =>
        _visit.Script ? Accessibility.AssertAsync(Page) : AssertTwinIsAccessibleAsync();

    /// <summary>Goes on by the Tab key until this has the focus.</summary>
    public async Task TabToAsync(ILocator target)
    {
        for (int presses = 0; presses < 30; presses++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("(element) => element === document.activeElement"))
                return;
        }
        Assert.Fail($"30 tabs do not lead to {target}.");
    }

    /// <summary>What is saved while something is done, with its name.</summary>
    public async Task<(string Name, byte[] Content)> DownloadAsync(Func<Task> act)
    {
        var download = await Page.RunAndWaitForDownloadAsync(act);
        // To the browser, an address that turns out to be a download is a page that never came.
        Watch.Expect(0, new Uri(download.Url).AbsolutePath);
        await using var stream = await download.CreateReadStreamAsync();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return (download.SuggestedFilename, content.ToArray());
    }

    public async Task ShowAsync(string picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(picture)!);
        await Page.ScreenshotAsync(new() { Path = picture, FullPage = true });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    // The check is a script itself. So it looks at the same page in a browser that has script, where the page has none.
    private async Task AssertTwinIsAccessibleAsync()
    {
        string html = await Page.ContentAsync();
        html = ScriptElement().Replace(html, "").Replace("noscript>", "div>", StringComparison.Ordinal);
        await using var context = await _context.Browser!.NewContextAsync(
            (_visit with { Script = true }).ToOptions(Address));
        var twin = await context.NewPageAsync();
        string address = Page.Url.Split('#')[0];
        await twin.RouteAsync(address, route => route.FulfillAsync(new()
        {
            ContentType = "text/html; charset=utf-8",
            Body = html,
        }));
        await twin.GotoAsync(address);
        await Accessibility.AssertAsync(twin);
    }

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptElement();
}
