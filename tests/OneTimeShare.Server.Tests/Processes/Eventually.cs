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
        IsEmptyAsync(promise, async () => await holds() ? [] : [""]);

    /// <summary>Says what is there still, where it does not come to an end.</summary>
    public static Task IsEmptyAsync(string promise, Func<string[]> find) =>
        IsEmptyAsync(promise, () => Task.FromResult(find()));

    private static async Task IsEmptyAsync(string promise, Func<Task<string[]>> find)
    {
        long start = Stopwatch.GetTimestamp();
        while (await find() is { Length: > 0 } found)
        {
            Assert.True(
                Stopwatch.GetElapsedTime(start) < Bound,
                $"Not within {Bound.TotalSeconds} s: {promise} {string.Join(", ", found.Take(10))}".TrimEnd());
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
