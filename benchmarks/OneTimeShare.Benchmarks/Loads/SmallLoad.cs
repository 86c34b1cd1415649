using System.Diagnostics;
using System.Net;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>Many connections at once, each with its own round trip, for a time.</summary>
internal sealed class SmallLoad(IReadOnlyList<IRoundTrip> roundTrips)
{
    /// <returns>How many round trips there were; each connection finishes the one it is in.</returns>
    public async Task<double> RunAsync(IPEndPoint address, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(roundTrips.Select(
            roundTrip => Task.Run(() => RepeatAsync(roundTrip, address, clock, duration))));
        return counts.Sum();
    }

    private static async Task<long> RepeatAsync(
        IRoundTrip roundTrip, IPEndPoint address, Stopwatch clock, TimeSpan duration)
    {
        using var connection = HttpConnection.Open(address);
        long count = 0;
        while (clock.Elapsed < duration && await roundTrip.RunAsync(connection))
            count++;
        return count;
    }
}
