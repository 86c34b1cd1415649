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

    public static Task HoldsAsync(string promise, Func<Task<bool>> holds) =>
        WaitAsync(async () => await holds() ? null : promise);

    /// <summary>Says what is there still, where it does not come to an end.</summary>
    public static Task IsEmptyAsync(string promise, Func<string[]> find) => WaitAsync(() => Task.FromResult(
        find() is { Length: > 0 } found ? $"{promise}, but {string.Join(", ", found.Take(10))}" : null));

    /// <summary>Until there is nothing to complain about.</summary>
    private static async Task WaitAsync(Func<Task<string?>> complain)
    {
        long start = Stopwatch.GetTimestamp();
        while (await complain() is { } complaint)
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Bound, $"Not within {Bound.TotalSeconds} s: {complaint}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
