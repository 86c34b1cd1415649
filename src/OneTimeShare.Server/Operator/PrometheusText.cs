using System.Globalization;
using System.Text;

namespace OneTimeShare.Server.Operator;

/// <summary>Writes the text format of Prometheus, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Gauge(string name, string help, double value, params (string Name, string Value)[] labels) =>
        Begin(name, help, "gauge").Sample(name, labels, value);

    public void Counter(string name, string help, double value) =>
        Begin(name, help, "counter").Sample(name, [], value);

    public void Counters(string name, string help, string label, IEnumerable<(string Value, long Count)> counters)
    {
        Begin(name, help, "counter");
        foreach (var (value, count) in counters)
            Sample(name, [(label, value)], count);
    }

    public void BeginHistogram(string name, string help) => Begin(name, help, "histogram");

    /// <param name="name">That was begun.</param>
    /// <param name="labels">Of this one.</param>
    /// <param name="bounds">The upper ones, without the infinite.</param>
    /// <param name="counts">Of each bucket by itself, one more than there are bounds.</param>
    /// <param name="sum">Of all that was measured.</param>
    public void Histogram(string name, (string, string)[] labels, double[] bounds, long[] counts, double sum)
    {
        long sofar = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            sofar += counts[i];
            Sample(name + "_bucket", [.. labels, ("le", i < bounds.Length ? Number(bounds[i]) : "+Inf")], sofar);
        }
        Sample(name + "_sum", labels, sum);
        Sample(name + "_count", labels, sofar);
    }

    public override string ToString() => _text.ToString();

    private PrometheusText Begin(string name, string help, string type)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}.\n# TYPE {name} {type}\n");
        return this;
    }

    private void Sample(string name, (string Name, string Value)[] labels, double value)
    {
        _text.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            _text.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"").Append(Escape(labels[i].Value))
                .Append('"');
        }
        _text.Append(labels.Length > 0 ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static string Escape(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
