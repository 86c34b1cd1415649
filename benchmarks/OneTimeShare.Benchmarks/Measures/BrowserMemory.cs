using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>How much more memory than before a browser comes to have while something is done, in MB.</summary>
/// <param name="Tab">Of the tab, its workers and its service worker.</param>
/// <param name="Whole">Of all processes of the browser together.</param>
internal readonly record struct BrowserMemory(double Tab, double Whole)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task<BrowserMemory> GrowthAsync(Chromium browser, Func<Task> work)
    {
        var (idle, most) = (await ReadAsync(browser), default(BrowserMemory));
        var working = work();
        while (!working.IsCompleted)
        {
            var now = await ReadAsync(browser);
            most = new(Math.Max(most.Tab, now.Tab), Math.Max(most.Whole, now.Whole));
            await Task.WhenAny(working, Task.Delay(Interval, TimeProvider.System));
        }
        await working;
        return new(most.Tab - idle.Tab, most.Whole - idle.Whole);
    }

    private static async Task<BrowserMemory> ReadAsync(Chromium browser) => new(
        Chromium.MemoryOf(await browser.ProcessesAsync("renderer")) / 1e6,
        Chromium.MemoryOf(await browser.ProcessesAsync()) / 1e6);
}
