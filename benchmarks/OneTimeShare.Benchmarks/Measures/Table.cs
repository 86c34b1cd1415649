using System.Text;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>The rows in Markdown, under what they were measured on.</summary>
internal static class Table
{
    private const string Head = """
        | what | product | floor | floor's | ratio | target | reached | CPU, us each | peak memory | load's CPU |
        |---|---:|---|---:|---:|---:|---|---:|---:|---:|
        """;

    public static string Write(IReadOnlyList<string> circumstances, IEnumerable<Row> rows)
    {
        var text = new StringBuilder();
        foreach (string line in circumstances)
            text.Append("- ").Append(line).Append('\n');
        text.Append('\n').Append(Head).Append('\n');
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", Cells(row)).Append(" |\n");
        return text.ToString();
    }

    private static string[] Cells(Row row) =>
    [
        row.What, row.Product, row.Against, row.Floor, row.Ratio, row.Goal, row.Reached, row.Cpu, row.Peak, row.Load,
    ];
}
