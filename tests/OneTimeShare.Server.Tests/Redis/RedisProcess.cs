using System.Diagnostics;
using OneTimeShare.Server.Tests.Processes;

namespace OneTimeShare.Server.Tests.Redis;

/// <summary>A Redis of its own on loopback, whose clock a test may set.</summary>
internal sealed class RedisProcess : IDisposable
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    private readonly string _folder;
    private readonly string? _clock;
    private readonly string _program;
    private string[] _options;
    private Process _process;

    /// <param name="program"><c>redis-server</c> or <c>redis-sentinel</c>.</param>
    /// <param name="folder">For this one's own files, and its clock where it has one of its own.</param>
    /// <param name="clock">The file that its clock is read from; null for the machine's own.</param>
    /// <param name="options">As its command line takes them.</param>
    public RedisProcess(string program, string folder, string? clock, params string[] options)
    {
        (_program, _folder, _clock) = (program, folder, clock);
        Port = FreePorts.Next();
        BusPort = FreePorts.Next();
        _options = options;
        Directory.CreateDirectory(folder);
        _process = Start();
        try
        {
            WaitUntilItAnswers();
        }
        catch
        {
            Kill();
            throw;
        }
    }

    public int Port { get; }

    /// <summary>Where the nodes of a cluster speak with one another.</summary>
    public int BusPort { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>What it answers to a command, as redis-cli prints it.</summary>
    public string Ask(params string[] command)
    {
        using var cli = Run("redis-cli", ["-h", "127.0.0.1", "-p", $"{Port}", .. command]);
        string answer = cli.StandardOutput.ReadToEnd();
        cli.WaitForExit();
        return answer;
    }

    /// <summary>The same of one that wants a password.</summary>
    public string AskWith(string password, params string[] command) =>
        Ask(["-a", password, "--no-auth-warning", .. command]);

    /// <summary>All that it has written of what it was told.</summary>
    public byte[] ReadRaw() => [.. Directory.GetFiles(_folder, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is ".aof" or ".rdb")
        .SelectMany(File.ReadAllBytes)];

    /// <summary>It keeps its connections and answers nothing.</summary>
    public void Pause() => Signal("-STOP");

    public void Resume() => Signal("-CONT");

    /// <summary>
    /// As <see cref="Kill"/>, once its file has all that it has acknowledged: one that syncs every second may hold its
    /// writes back for two while the disk is busy, and loses them.
    /// </summary>
    public void KillOnceWritten()
    {
        WaitUntil(() => Ask("INFO", "persistence").Contains("aof_buffer_length:0\r", StringComparison.Ordinal));
        Kill();
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Starts it again on its port; with its data, or empty.</summary>
    public void Restart(bool empty = false, params string[] options)
    {
        if (empty)
            Directory.Delete(_folder, recursive: true);
        Directory.CreateDirectory(_folder);
        _options = options.Length > 0 ? options : _options;
        _process = Start();
        WaitUntilItAnswers();
    }

    public static void WaitUntil(Func<bool> holds)
    {
        long began = Stopwatch.GetTimestamp();
        while (!holds())
        {
            if (Stopwatch.GetElapsedTime(began) > TimeSpan.FromMinutes(1))
                throw new TimeoutException("What a test waits for does not come.");
            Thread.Yield();
        }
    }

    public void Dispose()
    {
        try
        {
            Kill();
        }
        catch (InvalidOperationException)
        {
            // A test has ended it.
        }
    }

    private static Process Run(string program, IEnumerable<string> arguments) => Process.Start(
        new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private void WaitUntilItAnswers() => WaitUntil(() => _process.HasExited
        ? throw new InvalidOperationException($"{_program} ended at its start with {_process.ExitCode}.")
        : Ask("PING").Length > 0);

    private Process Start()
    {
        var start = new ProcessStartInfo(_program, Arguments()) { RedirectStandardOutput = true };
        if (_clock is not null)
        {
            // The library cannot stand beside jemalloc, so the C library's own allocator is put before that.
            start.Environment["LD_PRELOAD"] = $"{FakeTime}:libc.so.6";
            start.Environment["FAKETIME_TIMESTAMP_FILE"] = _clock;
            start.Environment["FAKETIME_NO_CACHE"] = "1";
            // What it waits with goes on.
            start.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
            start.Environment["TZ"] = "UTC";
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // its log has no reader, and must not fill the pipe
        process.BeginOutputReadLine();
        return process;
    }

    private string[] Arguments()
    {
        if (_program != "redis-sentinel")
        {
            return ["--port", $"{Port}", "--cluster-port", $"{BusPort}", "--bind", "127.0.0.1",
                "--dir", _folder, "--save", "", .. _options];
        }

        // A sentinel writes down there what it learns.
        string file = Path.Combine(_folder, "sentinel.conf");
        if (!File.Exists(file))
            File.WriteAllLines(file, [$"port {Port}", "bind 127.0.0.1", $"dir {_folder}", .. _options]);
        return [file];
    }

    private void Signal(string signal)
    {
        using var kill = Run("kill", [signal, $"{_process.Id}"]);
        kill.WaitForExit();
    }
}
