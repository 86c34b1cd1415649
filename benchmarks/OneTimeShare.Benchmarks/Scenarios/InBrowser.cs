using Microsoft.Playwright;
using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>One large file through the pages themselves, sealed and opened by the browser.</summary>
internal static class InBrowser
{
    private const string Floor = "the browser, unsealed";
    private static readonly Target Rate = Target.Least(300, "MB/s");
    private static readonly Target Growth = Target.Most(250, "MB");

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        await using var product = await Product.StartAsync(setup.NewFolder("browser"), setup.Native);
        await using var kestrel = await Servers.Floor.StartKestrelWithDiskAsync(setup.NewFolder("browser-kestrel"));
        await using var browser = await Chromium.StartAsync(setup.NewFolder("downloads"));
        var transfers = new Transfers(product, kestrel, browser, setup);
        var rows = new List<Row>();
        Setup.Say("In the browser: the first round warms up");
        await transfers.TransferAsync(64L << 20, rounds: 1);
        rows.AddRange(await transfers.TransferAsync(setup.LargeLength, setup.RoundCount));
        if (setup.HugeLength > 0)
            rows.AddRange(await transfers.TransferAsync(setup.HugeLength, rounds: 1));
        return rows;
    }

    private sealed class Transfers(ServerProcess product, ServerProcess kestrel, Chromium browser, Setup setup)
    {
        private readonly List<BrowserMemory> _up = [], _down = [];
        private double _megabytes;

        public async Task<IReadOnlyList<Row>> TransferAsync(long length, int rounds)
        {
            string file = Path.Combine(setup.Folder, "chosen.bin");
            await LargeContent.WriteFileAsync(file, length);
            _megabytes = length / 1e6;
            _up.Clear();
            _down.Clear();
            var pages = new PageTransfer(browser, AddressOf(product), file, length);
            var plain = new PlainPageTransfer(browser, AddressOf(kestrel), file, length);
            IDownload? saved = null, savedPlain = null;
            var series = await new Rounds(rounds, Setup.Say).InterleaveAsync(
                ("up", async () =>
                {
                    await pages.ChooseAsync();
                    return await TurnAsync(product, _up, pages.UploadAsync);
                }
            ),
                ("down", async () =>
                {
                    await pages.RevealAsync();
                    var window = await TurnAsync(product, _down, async () => saved = await pages.DownloadAsync());
                    await pages.EndAsync(saved!);
                    return window;
                }
            ),
                ("floor up", async () =>
                {
                    await plain.ChooseAsync();
                    return await TurnAsync(kestrel, [], plain.UploadAsync);
                }
            ),
                ("floor down", async () =>
                {
                    var window = await TurnAsync(kestrel, [], async () => savedPlain = await plain.DownloadAsync());
                    await plain.EndAsync(savedPlain!);
                    return window;
                }
            ));
            File.Delete(file);
            string size = length % 1_000_000_000 == 0 ? $"{length / 1_000_000_000} GB" : $"{length >> 20} MiB";
            return [.. Rows("up", size, series, _up), .. Rows("down", size, series, _down)];
        }

        private async Task<Window> TurnAsync(ServerProcess server, List<BrowserMemory> memory, Func<Task> work)
        {
            var window = await Window.MeasureAsync([server], async () =>
            {
                memory.Add(await BrowserMemory.GrowthAsync(browser, work));
                return _megabytes;
            });
            Setup.Say($"    {memory[^1].Tab:0} MB more in the tab, {memory[^1].Whole:0} MB in the whole browser");
            return window;
        }

        private static IEnumerable<Row> Rows(
            string way, string size, Dictionary<string, Series> series, List<BrowserMemory> memory)
        {
            string what = $"{size} {way} through the pages";
            yield return Row.OfRates(what, "MB/s", series[way], Floor, series[$"floor {way}"], target: null) with
            {
                Goal = Rate.ToString(),
                Reached = Rate.IsReachedBy(series[way].Rate.Median) ? "yes" : "no",
            };
            yield return Row.OfNumber(
                $"{what}: memory over the idle tab", Spread.Of(memory.Select(growth => growth.Tab)), Growth);
            yield return Row.OfNumber(
                $"{what}: memory over the idle browser", Spread.Of(memory.Select(growth => growth.Whole)), Growth);
        }

        // A browser seals on this machine's own name, where the context is secure.
        private static Uri AddressOf(ServerProcess server) => new($"http://{server.Address}/");
    }
}
