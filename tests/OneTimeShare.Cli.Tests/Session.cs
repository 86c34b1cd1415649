using System.Text;
using System.Text.RegularExpressions;

namespace OneTimeShare.Cli.Tests;

/// <summary>
/// A session at a terminal, as a file: <c>$ command</c>, what it prints, and <c>[exit N]</c> where that is not 0. What
/// begins with <c>&gt; </c> goes on with a command, what begins with <c># </c> is for people. In what is
/// printed <c>&lt;link&gt;</c> and the like stand for what differs each time. All of it runs in one shell.
/// </summary>
internal sealed partial class Session
{
    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["<link>"] = @"http://127\.0\.0\.1:\d+/(\w+/)?d/[\w-]{22}#[\w-]{43}",
        ["<receipt>"] = @"http://127\.0\.0\.1:\d+/(\w+/)?r/[\w-]{22}#[\w-]{22}",
        ["<key>"] = "[\\w-]{43}",
        ["<time>"] = @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC",
        ["<json-time>"] = @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(Z|\+00:00)",
        ["<id>"] = @"[\w-]{22}",
        ["<number>"] = @"\d+",
        ["<...>"] = ".*",
    };

    private readonly List<Step> _steps = [];

    public Session(string text)
    {
        foreach (var (index, line) in text.TrimEnd('\n').Split('\n').Index())
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
                _steps.Add(new Step(index + 1, line[2..]));
            else if (line.StartsWith("> ", StringComparison.Ordinal))
                _steps[^1].Command += "\n" + line[2..];
            else if (Exit().Match(line) is { Success: true } exit)
                _steps[^1].ExitCode = exit.Groups[1].Value;
            else if (line.StartsWith("# server: ", StringComparison.Ordinal))
                Settings.Add((line["# server: ".Length..].Split('=')[0], line[(line.IndexOf('=') + 1)..]));
            else if (line != "" && !line.StartsWith("# ", StringComparison.Ordinal))
                _steps[^1].Expected.Add(line);
        }
    }

    /// <summary>What a server of its own is set to, from lines like <c># server: OTS_CREATE_TOKEN=t</c>.</summary>
    public List<(string Name, string Value)> Settings { get; } = [];

    /// <summary>A script for bash that leaves in <paramref name="folder"/> what each command has printed.</summary>
    public string ToScript(string folder)
    {
        var script = new StringBuilder();
        foreach (var (index, step) in _steps.Index())
        {
            // In braces, so that variables stay; a command that ends the shell ends the session.
            script.Append($"{{ {step.Command}\n}} >{folder}/{index}.out 2>&1\necho $? >{folder}/{index}.exit\n");
        }
        return script.ToString();
    }

    /// <summary>The commands that printed something else, or ended otherwise; empty where there are none.</summary>
    public string Compare(string folder)
    {
        var differences = new StringBuilder();
        foreach (var (index, step) in _steps.Index())
        {
            string[] printed = Lines(Path.Combine(folder, $"{index}.out"));
            string exit = Lines(Path.Combine(folder, $"{index}.exit")).FirstOrDefault("never ended");
            if (exit != step.ExitCode || !Matches(step.Expected, printed))
            {
                differences.AppendJoin('\n',
                    [$"line {step.Line}: {step.Command}", "expected:", .. step.Expected, $"[exit {step.ExitCode}]",
                        "printed:", .. printed, $"[exit {exit}]", ""]);
            }
        }
        return differences.ToString();
    }

    private static string[] Lines(string path) =>
        !File.Exists(path) ? [] : [.. File.ReadAllLines(path).Where(line => line != "")];

    private static bool Matches(List<string> expected, string[] printed) =>
        expected.Count == printed.Length && expected.Zip(printed).All(pair => Pattern(pair.First).IsMatch(pair.Second));

    private static Regex Pattern(string line)
    {
        string pattern = Regex.Escape(line);
        foreach (var (name, meaning) in Placeholders)
            pattern = pattern.Replace(Regex.Escape(name), meaning);
        return new Regex($@"\A{pattern}\z", RegexOptions.CultureInvariant);
    }

    [GeneratedRegex(@"\A\[exit (\d+)\]\z")]
    private static partial Regex Exit();

    private sealed class Step(int line, string command)
    {
        public int Line { get; } = line;

        public string Command { get; set; } = command;

        public List<string> Expected { get; } = [];

        public string ExitCode { get; set; } = "0";
    }
}
