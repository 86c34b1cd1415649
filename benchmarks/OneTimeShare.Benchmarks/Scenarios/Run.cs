using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>The scenarios one after another, and the table of what came of them.</summary>
internal static class Run
{
    // Beside the sources and not in a temporary folder, which on many machines is memory and no disk.
    private const string Output = "artifacts/bench";

    private static readonly (string Name, Func<Setup, Task<IReadOnlyList<Row>>> Measure)[] Scenarios =
    [
        ("small", SmallSecrets.MeasureAsync),
        ("large", LargeSecrets.MeasureAsync),
        ("many", ManyTransfers.MeasureAsync),
        ("start", StartAndSize.MeasureAsync),
        ("pending", ManyPending.MeasureAsync),
        ("browser", InBrowser.MeasureAsync),
    ];

    public static async Task<int> AllAsync(string[] options)
    {
        bool full = options.Contains("--full"), native = options.Contains("--native");
        bool huge = options.Contains("--huge");
        string[] only = [.. options.Except(["--full", "--native", "--huge"])];
        if (only is not ([] or ["--only", _]) || (only is [_, var name] && Scenarios.All(one => one.Name != name)))
        {
            Console.Error.WriteLine(
                "Give --full, --native, --huge, or nothing, and "
                    + $"--only {string.Join('|', Scenarios.Select(one => one.Name))} or not.");
            return 2;
        }
        if (native && !Product.HasNative)
        {
            Console.Error.WriteLine("There is no native program yet: scripts/publish makes it.");
            return 1;
        }

        var circumstances = await Circumstances.ReadAsync(full, native);
        var rows = new List<Row>();
        foreach (var scenario in Scenarios.Where(one => only is [] || one.Name == only[1]))
            rows.AddRange(await MeasureAsync(scenario.Measure, folder => new Setup(full, native, huge, folder)));
        string table = Table.Write(circumstances, rows);
        await File.WriteAllTextAsync($"{Output}/{(only is [] ? "table" : only[1])}.md", table);
        Console.Write(table);
        return 0;
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        Func<Setup, Task<IReadOnlyList<Row>>> measure, Func<string, Setup> setup)
    {
        string folder = Path.GetFullPath($"{Output}/data-{Environment.ProcessId}");
        try
        {
            return await measure(setup(folder));
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
