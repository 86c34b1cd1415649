using System.Globalization;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>A line of the table.</summary>
internal sealed record Row(string What, string Product, string Against = "", string Floor = "")
{
    public string Ratio { get; init; } = "";

    public string Goal { get; init; } = "";

    public string Reached { get; init; } = "";

    public string Cpu { get; init; } = "";

    public string Peak { get; init; } = "";

    public string Load { get; init; } = "";

    /// <summary>Rates side by side, of which more is better.</summary>
    public static Row OfRates(string what, string unit, Series product, string against, Series floor, Target? target) =>
        Of(what, unit, product.Rate, against, floor.Rate, target).WithCosts(product, floor);

    /// <summary>The time an operation takes at full load, of which less is better.</summary>
    public static Row OfTimes(string what, Series product, string against, Series floor, Target? target) =>
        Of(what, "us", product.TimePerOperation, against, floor.TimePerOperation, target).WithCosts(product, floor);

    /// <summary>The processor time that an operation costs the server.</summary>
    public static Row OfCpu(string what, Series product, string against, Series floor, Target? target) =>
        Of(what, "us", product.CpuPerOperation, against, floor.CpuPerOperation, target);

    /// <summary>Two of anything.</summary>
    public static Row Of(string what, string unit, Spread product, string against, Spread floor, Target? target)
    {
        double ratio = product.Median / floor.Median;
        return new Row(what, product.ToText(unit), against, floor.ToText(unit))
        {
            Ratio = ratio.ToString("0.00", CultureInfo.InvariantCulture),
        }.Judged(ratio, target);
    }

    /// <summary>Something that is held against a number and not against a floor.</summary>
    public static Row OfNumber(string what, Spread product, Target target) =>
        new Row(what, product.ToText(target.Unit)).Judged(product.Median, target);

    public static string Megabytes(long bytes) => $"{Spread.Number(bytes / 1e6)} MB";

    private Row WithCosts(Series product, Series floor) => this with
    {
        Cpu = $"{CpuOf(product)} / {CpuOf(floor)}",
        Load = string.Create(
            CultureInfo.InvariantCulture, $"{product.LoadShare * 100:0} % / {floor.LoadShare * 100:0} %"),
    };

    // A plain copy has no server.
    private static string CpuOf(Series series) =>
        series.CpuPerOperation.Median > 0 ? Spread.Number(series.CpuPerOperation.Median) : "none";

    private Row Judged(double value, Target? target) => target is null ? this : this with
    {
        Goal = target.ToString(),
        Reached = target.IsReachedBy(value) ? "yes" : "no",
    };
}
