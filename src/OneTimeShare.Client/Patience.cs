namespace OneTimeShare.Client;

/// <summary>
/// Asks again what met with trouble that passes, ever less often, for as long as nothing comes of it. The time begins
/// at the first break, however long a silence it ended; what arrives ends the trouble, an answer by itself does not.
/// </summary>
internal sealed class Patience(TimeSpan limit, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private long? _brokeAt;
    private int _breaks;

    /// <summary>The first answer that is one, or the last refusal.</summary>
    public async Task<Answer<T>> AskAsync<T>(Func<Task<Answer<T>>> act, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            var answer = await act();
            if (answer.Is(out _, out var refusal) || !refusal.Passes || !await WaitAsync(refusal, cancellationToken))
                return answer;
        }
    }

    /// <summary>Waits before the next try; false where it is not worth another.</summary>
    public async Task<bool> WaitAsync(Refusal why, CancellationToken cancellationToken)
    {
        var pause = why.RetryAfter ?? TimeSpan.FromSeconds(0.25 * Math.Pow(2, _breaks));
        if (why.RetryAfter is null && pause > LongestPause)
            pause = LongestPause;
        _brokeAt ??= time.GetTimestamp();
        if (time.GetElapsedTime(_brokeAt.Value) + pause > limit)
            return false;
        _breaks++;
        await Task.Delay(pause, time, cancellationToken);
        return true;
    }

    /// <summary>Something has arrived: the next break is a new one.</summary>
    public void Reward() => (_breaks, _brokeAt) = (0, null);
}
