using System.Globalization;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>
/// Whether something stays as it is, in the last third of the time against the second; the first is for warming up.
/// It is the median that counts, but the lowest tenth of memory: each Argon2id, by intent, takes 64 MiB for a moment,
/// and how many samples meet one is up to how busy the machine is.
/// </summary>
internal sealed record Flatness(string What, double Second, double Last, double Allowed)
{
    private const double MB = 1_000_000;

    public bool Holds => Last <= Second + Allowed;

    /// <summary>What may not grow, with how much of noise there is in a median.</summary>
    public static IReadOnlyList<Flatness> Of(IReadOnlyList<Sample> samples) =>
    [
        Of("memory, MB, lowest tenth", samples, 0.1, sample => sample.Memory / MB, second => 4 + (0.05 * second)),
        Of("handles, median", samples, 0.5, sample => sample.Handles, second => 4 + (0.05 * second)),
        Of("threads, median", samples, 0.5, sample => sample.Threads, _ => 3),
        Of("data folder, MB, median", samples, 0.5, sample => sample.Data / MB, second => 8 + (0.1 * second)),
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {What} | {Second:0.0} | {Last:0.0} | + {Allowed:0.0} | {(Holds ? "yes" : "NO")} |");

    private static Flatness Of(
        string what, IReadOnlyList<Sample> samples, double part, Func<Sample, double> value,
        Func<double, double> allowed)
    {
        int third = samples.Count / 3;
        double second = Quantile(part, samples.Skip(third).Take(third).Select(value));
        return new Flatness(what, second, Quantile(part, samples.Skip(2 * third).Select(value)), allowed(second));
    }

    private static double Quantile(double part, IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(sorted.Length * part)];
    }
}
