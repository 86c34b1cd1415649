using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>How soon the program answers, what it takes while nobody asks, and how large it is.</summary>
internal static class StartAndSize
{
    /// <summary>After this a server has done what it does at its start.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        Setup.Say("Start to first answer");
        string folder = setup.NewFolder("start"), files = setup.NewFolder("start-kestrel");
        var starts = new Dictionary<string, List<(double Time, double Memory)>>
        {
            ["dotnet"] = [],
            ["native"] = [],
            ["floor"] = [],
        };
        for (int round = 0; round < setup.RoundCount; round++)
        {
            if (Product.HasNative)
                starts["native"].Add(await StartAsync(() => Product.StartAsync(folder, native: true)));
            starts["dotnet"].Add(await StartAsync(() => Product.StartAsync(folder, native: false)));
            starts["floor"].Add(await StartAsync(() => Floor.StartKestrelWithDiskAsync(files)));
        }
        return [.. Rows(starts)];
    }

    private static async Task<(double Time, double Memory)> StartAsync(Func<Task<ServerProcess>> start)
    {
        await using var server = await start();
        await Task.Delay(Settling, TimeProvider.System);
        return (server.StartTime.TotalMilliseconds, server.Memory / 1e6);
    }

    private static IEnumerable<Row> Rows(Dictionary<string, List<(double Time, double Memory)>> starts)
    {
        Spread Times(string name) => Spread.Of(starts[name].Select(start => start.Time));
        Spread Memories(string name) => Spread.Of(starts[name].Select(start => start.Memory));
        const string floor = "Kestrel by dotnet";
        if (Product.HasNative)
        {
            yield return Row.OfNumber("Start to first answer, native", Times("native"), Target.Most(120, "ms"));
            yield return Row.OfNumber("Idle memory, native", Memories("native"), Target.Most(35, "MB"));
            yield return Row.OfNumber("Size of the program, native",
                Spread.Of([SizeOf(Product.NativeFolder) / 1e6]), Target.Most(25, "MB"));
        }
        else
        {
            yield return new Row("Size of the program, for dotnet", Row.Megabytes(SizeOf(Product.BuiltFolder)));
        }
        yield return Row.Of(
            "Start to first answer, by dotnet", "ms", Times("dotnet"), floor, Times("floor"), target: null);
        yield return Row.Of(
            "Idle memory, by dotnet", "MB", Memories("dotnet"), floor, Memories("floor"), target: null);
    }

    /// <summary>All that lies there, libraries and styles too, in bytes.</summary>
    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
