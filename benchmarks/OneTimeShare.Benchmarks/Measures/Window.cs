using System.Diagnostics;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Measures;

/// <summary>What was done in one stretch of time, and what it cost.</summary>
/// <param name="Operations">Round trips, or megabytes of 10^6 bytes.</param>
/// <param name="Time">By the clock.</param>
/// <param name="ServerCpu">User and system time of the server, its store's process included.</param>
/// <param name="LoadCpu">User and system time of this process, which makes the load.</param>
internal readonly record struct Window(double Operations, TimeSpan Time, TimeSpan ServerCpu, TimeSpan LoadCpu)
{
    public double Rate => Operations / Time.TotalSeconds;

    /// <summary>In microseconds.</summary>
    public double CpuPerOperation => ServerCpu.TotalMicroseconds / Operations;

    /// <summary>The load generator's part of all that the processors could have done, 0 to 1.</summary>
    public double LoadShare => LoadCpu / Time / Environment.ProcessorCount;

    public static async Task<Window> MeasureAsync(IReadOnlyList<ServerProcess> servers, Func<Task<double>> work)
    {
        var serverCpu = Cpu(servers);
        var loadCpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        double operations = await work();
        var time = clock.Elapsed;
        return new Window(operations, time, Cpu(servers) - serverCpu, Environment.CpuUsage.TotalTime - loadCpu);
    }

    private static TimeSpan Cpu(IReadOnlyList<ServerProcess> servers) =>
        servers.Aggregate(TimeSpan.Zero, (sum, server) => sum + server.Cpu);
}
