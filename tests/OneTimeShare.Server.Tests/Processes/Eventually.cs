using System.Diagnostics;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>Waits for what another process does in its own time: looks again and again, not for ever.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task HoldsAsync(string promise, Func<bool> holds) =>
        HoldsAsync(promise, () => Task.FromResult(holds()));

    public static async Task HoldsAsync(string promise, Func<Task<bool>> holds)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Bound, $"Not within {Bound.TotalSeconds} s: {promise}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
