namespace OneTimeShare.Benchmarks.Measures;

/// <summary>
/// Lets contenders take turns, A B C A B C, so that whatever else the machine does meets all of them alike.
/// </summary>
internal sealed class Rounds(int count, Action<string> say)
{
    public async Task<Dictionary<string, Series>> InterleaveAsync(params (string Name, Func<Task<Window>> Turn)[] turns)
    {
        var windows = turns.ToDictionary(turn => turn.Name, _ => new List<Window>());
        for (int round = 1; round <= count; round++)
        {
            foreach (var (name, turn) in turns)
            {
                var window = await turn();
                windows[name].Add(window);
                say($"  {round}/{count} {name}: {Spread.Number(window.Rate)}/s, "
                    + $"{Spread.Number(window.CpuPerOperation)} us of CPU each, load {window.LoadShare:P0}");
            }
        }
        return windows.ToDictionary(pair => pair.Key, pair => new Series(pair.Value));
    }
}
