namespace OneTimeShare.Benchmarks.Measures;

/// <summary>All rounds of one contender.</summary>
internal sealed class Series(IReadOnlyList<Window> windows)
{
    public Spread Rate { get; } = Spread.Of(windows.Select(window => window.Rate));

    /// <summary>In microseconds.</summary>
    public Spread TimePerOperation { get; } = Spread.Of(windows.Select(window => 1e6 / window.Rate));

    /// <summary>In microseconds.</summary>
    public Spread CpuPerOperation { get; } = Spread.Of(windows.Select(window => window.CpuPerOperation));

    public double LoadShare { get; } = Spread.Of(windows.Select(window => window.LoadShare)).Median;
}
