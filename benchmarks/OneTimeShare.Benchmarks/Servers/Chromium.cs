using System.Globalization;
using Microsoft.Playwright;

namespace OneTimeShare.Benchmarks.Servers;

/// <summary>Debian's browser without its window, and what the kernel says of its processes.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium-headless-shell";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly ICDPSession _session;
    private readonly string _downloads;

    private Chromium(IPlaywright playwright, IBrowser browser, ICDPSession session, string downloads) =>
        (_playwright, _browser, _session, _downloads) = (playwright, browser, session, downloads);

    public static async Task<Chromium> StartAsync(string downloads)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            DownloadsPath = downloads,
        });
        return new Chromium(playwright, browser, await browser.NewBrowserCDPSessionAsync(), downloads);
    }

    /// <summary>A tab of a visitor who has never been here.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        var context = await _browser.NewContextAsync(new() { Locale = "en-GB", AcceptDownloads = true });
        context.SetDefaultTimeout(600_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    /// <summary>Of its processes of a kind: a tab, its workers and its service worker are renderers.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync(string? kind = null)
    {
        var answer = await _session.SendAsync("SystemInfo.getProcessInfo");
        return
        [
            .. from process in answer!.Value.GetProperty("processInfo").EnumerateArray()
               where kind is null || process.GetProperty("type").GetString() == kind
               select process.GetProperty("id").GetInt32(),
        ];
    }

    /// <summary>
    /// The memory of these processes in bytes: PSS, in which what several have in common is counted once.
    /// </summary>
    public static long MemoryOf(IEnumerable<int> processes) => processes.Sum(process =>
    {
        try
        {
            string line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:"));
            var kilobytes = line.AsSpan("Pss:".Length, line.Length - "Pss: kB".Length).Trim();
            return 1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return 0; // it has ended meanwhile
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        Directory.Delete(_downloads, recursive: true);
    }
}
