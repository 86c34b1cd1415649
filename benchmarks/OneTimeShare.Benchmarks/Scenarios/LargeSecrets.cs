using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>One large secret up and down, sealed by its sender and by the doors, against plain files.</summary>
internal static class LargeSecrets
{
    private const string Api = "API";
    private const string Doors = "doors";
    private const string Kestrel = "Kestrel, file and fsync";
    private const string Nginx = "nginx, file without fsync";
    private const string Copy = "plain copy with fsync";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        long length = setup.LargeLength;
        await using var product = await Product.StartAsync(setup.NewFolder("large"), setup.Native);
        string kestrelFolder = setup.NewFolder("kestrel"), nginxFolder = setup.NewFolder("nginx");
        await using var kestrel = await Floor.StartKestrelWithDiskAsync(kestrelFolder);
        await using var nginx = await Floor.StartNginxAsync(nginxFolder);
        var copy = new PlainCopy(setup.NewFolder("copy"), length);
        await copy.PrepareAsync();

        (string, ServerProcess[], ITransfer)[] contenders =
        [
            (Api, [product], new ApiTransfer(product.Address, length)),
            (Kestrel, [kestrel], new FileTransfer(kestrel.Address, "secret", length)),
            (Doors, [product], new DoorTransfer(product.Address, length)),
            (Nginx, [nginx], new FileTransfer(nginx.Address, "secret", length)),
            (Copy, [], copy),
        ];
        var turns = contenders.SelectMany(contender => Turns(contender, length / 1e6)).ToArray();
        Setup.Say($"Large secrets, {length >> 20} MiB, in MB: the first round warms up");
        await new Rounds(1, Setup.Say).InterleaveAsync(turns);
        var series = await new Rounds(setup.RoundCount, Setup.Say).InterleaveAsync(turns);
        return [.. Rows(series, $"{length >> 20} MiB")
            .Select(row => row with { Peak = Row.Megabytes(product.PeakMemory) })];
    }

    private static IEnumerable<(string, Func<Task<Window>>)> Turns(
        (string Name, ServerProcess[] Servers, ITransfer Transfer) contender, double megabytes)
    {
        var (name, servers, transfer) = contender;
        async Task<double> UpAsync()
        {
            await transfer.UploadAsync();
            return megabytes;
        }

        async Task<double> DownAsync()
        {
            await transfer.DownloadAsync();
            return megabytes;
        }

        async Task<Window> DownAndEndAsync()
        {
            var window = await Window.MeasureAsync(servers, DownAsync);
            await transfer.EndAsync();
            return window;
        }

        yield return ($"{name} up", () => Window.MeasureAsync(servers, UpAsync));
        yield return ($"{name} down", DownAndEndAsync);
    }

    private static IEnumerable<Row> Rows(Dictionary<string, Series> series, string length)
    {
        foreach (string way in new[] { "up", "down" })
        {
            Row Line(string what, string product, string floor, Target? target) => Row.OfRates(
                $"{length} {way}, {what}", "MB/s", series[$"{product} {way}"], floor, series[$"{floor} {way}"], target);
            yield return Line("sealed by the sender", Api, Kestrel, Target.Least(0.9));
            yield return Line("sealed by the sender", Api, Nginx, null);
            yield return Line("sealed by the sender", Api, Copy, null);
            yield return Line("through the doors", Doors, Api, Target.Least(0.85));
            yield return Line("through the doors", Doors, Kestrel, null);
        }
    }
}
