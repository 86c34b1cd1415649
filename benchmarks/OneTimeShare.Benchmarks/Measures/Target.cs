using System.Globalization;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>What a ratio, or a number of a unit, has to be.</summary>
internal sealed record Target(double Bound, bool AtLeast, string Unit)
{
    public static Target Least(double bound, string unit = "") => new(bound, AtLeast: true, unit);

    public static Target Most(double bound, string unit = "") => new(bound, AtLeast: false, unit);

    public bool IsReachedBy(double value) => AtLeast ? value >= Bound : value <= Bound;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? "≥" : "≤")} {Bound:0.##} {Unit}").TrimEnd();
}
