using System.Globalization;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>The middle of several rounds, and how far they lie apart.</summary>
internal readonly record struct Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> rounds)
    {
        double[] sorted = [.. rounds.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public string ToText(string unit) => $"{Number(Median)} {unit} ({Number(Least)} to {Number(Most)})";

    public static string Number(double value) =>
        value.ToString(value < 100 ? "0.0" : "#,##0", CultureInfo.InvariantCulture);
}
