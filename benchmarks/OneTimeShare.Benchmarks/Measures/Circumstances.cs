using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>What numbers are worth nothing without: when, on what machine, of which commit.</summary>
internal static class Circumstances
{
    public static async Task<IReadOnlyList<string>> ReadAsync(bool full, bool native)
    {
        string commit = await OutputOfAsync("git", "rev-parse", "--short", "HEAD");
        string changes = await OutputOfAsync("git", "status", "--porcelain", "--untracked-files=no");
        return
        [
            TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
                + $", commit {commit}{(changes == "" ? "" : " with changes")}, "
                + $"{(full ? "the sizes of --full" : "small sizes")}, {(native ? "the native program" : "by dotnet")}",
            $"{Environment.ProcessorCount} cores of {Field("/proc/cpuinfo", "model name")}, "
                + $"{Field("/proc/meminfo", "MemTotal")} of memory, "
                + $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} before the first round",
            $"{Field("/etc/os-release", "PRETTY_NAME", '=').Trim('"')}, Linux {Environment.OSVersion.Version}, "
                + RuntimeInformation.FrameworkDescription,
        ];
    }

    private static string Field(string path, string name, char separator = ':')
    {
        string line = File.ReadLines(path).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal), "");
        return line[(line.IndexOf(separator) + 1)..].Trim();
    }

    private static async Task<string> OutputOfAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Trim();
    }
}
