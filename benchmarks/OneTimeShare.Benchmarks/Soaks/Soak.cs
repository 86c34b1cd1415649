using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>
/// A steady load of everything that there is to do, for a long time: every answer has to be the right one, and what
/// the server holds has to stay as it is.
/// </summary>
internal sealed class Soak : IDisposable
{
    private const string Output = "artifacts/soak";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["OTS_MAX_SIZE"] = "100MB",
        ["OTS_TTL_MIN"] = "1s",
        ["OTS_LEASE"] = "1m",
        ["OTS_HISTORY"] = "1m",
        ["OTS_UPLOAD_IDLE"] = "5m",
        ["OTS_ADMIN_PASSWORD"] = DoorActs.OperatorPassword,
        ["OTS_TRUSTED_PROXIES"] = "127.0.0.1",
        ["OTS_TTL_DEFAULT"] = "5m",
        // The wrong passwords are this load's own.
        ["Logging__LogLevel__OneTimeShare.Server.Operator.OperatorLog"] = "None",
    };

    private readonly ConcurrentDictionary<string, long> _done = new();
    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly CancellationTokenSource _end;

    private Soak(TimeSpan time) => _end = new CancellationTokenSource(time);

    public static async Task<int> RunAsync(string[] options)
    {
        bool native = options.Contains("--native"), leaks = options.Contains("--leak");
        string[] rest = [.. options.Except(["--native", "--leak"])];
        if (rest is not [var minutes] || !int.TryParse(minutes, NumberStyles.None, CultureInfo.InvariantCulture,
            out int count) || count is < 1 or > 24 * 60 || (native && !Product.HasNative))
        {
            Console.Error.WriteLine("Give the minutes, and --native where scripts/publish has been.");
            return 2;
        }
        string folder = Path.GetFullPath($"{Output}/data-{Environment.ProcessId}");
        try
        {
            using var soak = new Soak(TimeSpan.FromMinutes(count));
            var circumstances = await Circumstances.ReadAsync(full: true, native);
            await using var server = await Product.StartAsync(
                Directory.CreateDirectory(folder).FullName, native, Settings);
            var samples = await soak.LoadAsync(server, folder, leaks);
            string report = soak.Report(circumstances, samples, out bool holds);
            await File.WriteAllTextAsync($"{Output}/soak.md", report);
            Console.Write(report);
            return holds ? 0 : 1;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    public void Dispose() => _end.Dispose();

    private async Task<IReadOnlyList<Sample>> LoadAsync(ServerProcess server, string folder, bool leaks)
    {
        var address = new Uri($"http://{server.Address}/");
        using var client = new ClientActs(address);
        using var doors = new DoorActs(address);
        var load = Task.WhenAll(
            EveryAsync(0.2, "small secret, created to acknowledged", client.ShareSmallAsync),
            EveryAsync(1, "burned by its sender", client.BurnAsync),
            EveryAsync(5, "passphrase guessed until locked, then right", client.GuessPassphrasesAsync),
            EveryAsync(3, "12 MiB in pieces, delivery broken and resumed", client.ShareLargeAsync),
            EveryAsync(1, "left until expired", client.LetExpireAsync),
            EveryAsync(0.5, "door: put and taken by form", doors.ShareByDoorAsync),
            EveryAsync(5, "door: two files, passphrase, zip", doors.ShareByFormAsync),
            EveryAsync(6, "upload abandoned", doors.AbandonUploadAsync),
            EveryAsync(3, "upload ended by its sender", doors.EndUploadAsync),
            EveryAsync(0.5, "pages, policy, health, refusals", doors.LookAroundAsync),
            EveryAsync(2, "operator's pages and metrics", doors.OperateAsync),
            EveryAsync(1, "connections broken in a body or a head", doors.BreakAsync));

        var samples = new List<Sample>();
        var kept = new List<HttpConnection>();
        var clock = Stopwatch.StartNew();
        while (!load.IsCompleted)
        {
            await Task.WhenAny(load, Task.Delay(Interval, TimeProvider.System));
            samples.Add(Sample.Take(server, folder, clock.Elapsed, _done.Values.Sum()));
            if (leaks)
                await LeakAsync(server.Address, kept);
        }
        kept.ForEach(connection => connection.Dispose());
        return samples;
    }

    // To see that this finds one: a connection more for each sample, all kept alive, since idle ones are closed.
    private static async Task LeakAsync(IPEndPoint server, List<HttpConnection> kept)
    {
        kept.Add(HttpConnection.Open(server));
        foreach (var connection in kept)
            (await connection.ExchangeAsync(HttpConnection.Request("GET", "/health/live"))).ThrowIfNot(200);
    }

    /// <summary>Again and again, one at a time, not more often than this.</summary>
    private async Task EveryAsync(double seconds, string what, Func<Task> act)
    {
        await Task.Yield();
        _done[what] = 0;
        while (!_end.IsCancellationRequested)
        {
            long began = Stopwatch.GetTimestamp();
            try
            {
                await act();
                _done[what]++;
            }
            catch (Exception wrong) when (wrong is WrongAnswerException or HttpRequestException or IOException)
            {
                _wrong.Enqueue($"{what}: {wrong.GetType().Name}: {wrong.Message}");
            }
            var left = TimeSpan.FromSeconds(seconds) - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
                await Task.Delay(left, TimeProvider.System);
        }
    }

    private string Report(IEnumerable<string> circumstances, IReadOnlyList<Sample> samples, out bool holds)
    {
        var flat = Flatness.Of(samples);
        holds = _wrong.IsEmpty && flat.All(one => one.Holds) && _done.Values.All(count => count > 0);
        return string.Join('\n', [
            .. circumstances.Select(line => $"- {line}"), "",
            "| act | done |", "|---|---:|",
            .. _done.OrderBy(act => act.Key, StringComparer.Ordinal).Select(act => $"| {act.Key} | {act.Value} |"), "",
            "| minute | memory, MB | handles | threads | data folder, MB | acts |", "|---:|---:|---:|---:|---:|---:|",
            .. EveryMinute(samples).Select(Line), "",
            "| what | second third | last third | allowed | flat |", "|---|---:|---:|---:|---|",
            .. flat.Select(one => one.ToString()), "",
            $"{_wrong.Count} wrong answers", .. _wrong.Take(20), ""]);
    }

    private static IEnumerable<Sample> EveryMinute(IReadOnlyList<Sample> samples) =>
        samples.GroupBy(sample => (int)sample.At.TotalMinutes).Select(minute => minute.Last());

    private static string Line(Sample at) => string.Create(CultureInfo.InvariantCulture,
        $"| {at.At.TotalMinutes:0} | {at.Memory / 1e6:0.0} | {at.Handles} | {at.Threads} | {at.Data / 1e6:0.0} ")
        + $"| {at.Acts} |";
}
