using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OneTimeShare.Benchmarks.Loads;

namespace OneTimeShare.Benchmarks.Servers;

/// <summary>A server in a process of its own, and what the kernel says of it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;

    private ServerProcess(Process process, IPEndPoint address) => (_process, Address) = (process, address);

    public IPEndPoint Address { get; }

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>User and system time so far, of all its threads.</summary>
    public TimeSpan Cpu
    {
        get
        {
            // The name, in brackets, may have spaces; utime and stime are the 14th and 15th field, in ticks of 10 ms.
            string stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            long ticks = long.Parse(fields[11], CultureInfo.InvariantCulture)
                + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromMilliseconds(ticks * 10);
        }
    }

    /// <summary>Resident now, in bytes.</summary>
    public long Memory => ReadStatus("VmRSS:");

    /// <summary>The most that was ever resident, in bytes.</summary>
    public long PeakMemory => ReadStatus("VmHWM:");

    /// <summary>Open now: files, sockets, and whatever else has a number.</summary>
    public int Handles => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    public int Threads => Directory.GetDirectories($"/proc/{_process.Id}/task").Length;

    public static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Starts it and waits until it answers.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="environment">Variables on top of this process' own.</param>
    /// <param name="address">Where it will listen.</param>
    /// <param name="readyPath">Answered with 200 once it is ready; null where a connection is proof enough.</param>
    public static async Task<ServerProcess> StartAsync(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, IPEndPoint address,
        string? readyPath)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        // What scripts/bench sets for the load generator alone.
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        start.Environment.Remove("DOTNET_gcServer");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var clock = Stopwatch.StartNew();
        var server = new ServerProcess(Process.Start(start)!, address);
        while (!await server.AnswersAsync(readyPath))
        {
            if (server._process.HasExited || clock.Elapsed > Patience)
            {
                await server.DisposeAsync();
                throw new InvalidOperationException($"It did not start: {string.Join(' ', command)}");
            }
            await Task.Delay(Pause, TimeProvider.System);
        }
        server.StartTime = clock.Elapsed;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> AnswersAsync(string? path)
    {
        try
        {
            using var connection = HttpConnection.Open(Address);
            return path is null || (await connection.ExchangeAsync(HttpConnection.Request("GET", path))).Status == 200;
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return false;
        }
    }

    private long ReadStatus(string name)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name));
        return long.Parse(line.AsSpan(name.Length, line.Length - name.Length - " kB".Length).Trim(),
            CultureInfo.InvariantCulture) * 1024;
    }
}
