namespace OneTimeShare.Server.Shares;

/// <summary>Ends a delivery with its lease: what is deleted then is not sent any more.</summary>
internal sealed class DeliveryLease : IDisposable
{
    // The longest that a timer can wait; a delivery of more than 24 days ends there and is fetched again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _either;

    public DeliveryLease(DateTimeOffset leaseUntil, TimeProvider time, CancellationToken requestAborted)
    {
        var left = leaseUntil - time.GetUtcNow();
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left;
        _timer = new CancellationTokenSource(left, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, requestAborted);
    }

    /// <summary>Cancelled when the lease ends, or the client goes.</summary>
    public CancellationToken Token => _either.Token;

    public void Dispose()
    {
        _either.Dispose();
        _timer.Dispose();
    }
}
