using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>16 large transfers at once, up and then down, and how much memory the server takes for them.</summary>
internal static class ManyTransfers
{
    private const int Count = 16;
    private const string Kestrel = "Kestrel, file and fsync";

    /// <summary>10^6 bytes each.</summary>
    private const double MostMegabytesOverIdle = 64;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        long length = setup.ConcurrentLength;
        Task<ServerProcess> StartAsync(string folder) => Product.StartAsync(setup.NewFolder(folder), setup.Native);
        Setup.Say($"{Count} at once, {length >> 20} MiB each, in MB");
        var api = await MeasureAsync("API", length, () => StartAsync("many"),
            (server, _) => new ApiTransfer(server.Address, length));
        var floor = await MeasureAsync(Kestrel, length,
            () => Floor.StartKestrelWithDiskAsync(setup.NewFolder("many-kestrel")),
            (server, number) => new FileTransfer(server.Address, $"secret-{number}", length));
        var doors = await MeasureAsync("doors", length, () => StartAsync("many-doors"),
            (server, _) => new DoorTransfer(server.Address, length));

        string what = $"{Count} x {length >> 20} MiB at once";
        return
        [
            Memory($"{what}: memory over idle", api, floor),
            Memory($"{what} through the doors: memory over idle", doors, floor),
            Row.OfRates($"{what}, up", "MB/s", api.Up, Kestrel, floor.Up, target: null),
            Row.OfRates($"{what}, down", "MB/s", api.Down, Kestrel, floor.Down, target: null),
        ];
    }

    private static async Task<Outcome> MeasureAsync(
        string name, long length, Func<Task<ServerProcess>> start, Func<ServerProcess, int, ITransfer> transfer)
    {
        await using var server = await start();
        await Task.Delay(StartAndSize.Settling, TimeProvider.System);
        long idle = server.Memory;
        var transfers = Enumerable.Range(0, Count).Select(number => transfer(server, number)).ToArray();
        async Task<double> AllAsync(Func<ITransfer, Task> act)
        {
            await Task.WhenAll(transfers.Select(transfer => Task.Run(() => act(transfer))));
            return Count * length / 1e6;
        }

        Func<Task<Window>> Turn(Func<ITransfer, Task> act) =>
            () => Window.MeasureAsync([server], () => AllAsync(act));
        var series = await new Rounds(1, Setup.Say).InterleaveAsync(
            ($"{name} up", Turn(transfer => transfer.UploadAsync())),
            ($"{name} down", Turn(transfer => transfer.DownloadAsync())));
        await AllAsync(transfer => transfer.EndAsync());
        return new Outcome(series[$"{name} up"], series[$"{name} down"], idle, server.PeakMemory);
    }

    private static Row Memory(string what, Outcome product, Outcome floor) =>
        Row.OfNumber(what, Spread.Of([product.MegabytesOverIdle]), Target.Most(MostMegabytesOverIdle, "MB")) with
        {
            Against = Kestrel,
            Floor = $"{Spread.Number(floor.MegabytesOverIdle)} MB",
            Peak = Row.Megabytes(product.Peak),
        };

    private sealed record Outcome(Series Up, Series Down, long Idle, long Peak)
    {
        public double MegabytesOverIdle => (Peak - Idle) / 1e6;
    }
}
