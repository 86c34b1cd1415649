using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Ends a delivery with its lease, soon after its share has been burned, since what is deleted is not sent any more,
/// or when its reader has stopped reading.
/// </summary>
internal sealed class DeliveryLease : IAsyncDisposable
{
    /// <summary>How long a delivery may outlive a burn: every so often the store is asked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // The longest that a timer can wait; a delivery of more than 24 days ends there and is fetched again.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly CancellationTokenSource _lease;
    private readonly CancellationTokenSource _over;
    private readonly ReaderSilence _silence;
    private readonly PeriodicTimer _timer;
    private readonly Task _watch;

    public DeliveryLease(
        ClaimedContent content, Verifier claimToken, DateTimeOffset until, IShareStore store, TimeProvider time,
        HttpContext context)
    {
        var left = until - time.GetUtcNow();
        left = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestTimer ? LongestTimer : left;
        _lease = new CancellationTokenSource(left, time);
        _over = CancellationTokenSource.CreateLinkedTokenSource(_lease.Token, context.RequestAborted);
        _silence = new ReaderSilence(context, time);
        _timer = new PeriodicTimer(Interval, time);
        _watch = WatchAsync(content.Id, claimToken, store);
    }

    /// <summary>Cancelled when the lease is over, the share has ended, or the client goes or falls silent.</summary>
    public CancellationToken Token => _over.Token;

    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _watch;
        _over.Dispose();
        _lease.Dispose();
    }

    private async Task WatchAsync(ShareId id, Verifier claimToken, IShareStore store)
    {
        while (await _timer.WaitForNextTickAsync())
        {
            if (!_silence.IsTooLong() && await IsClaimedAsync(id, claimToken, store))
                continue;
            await _over.CancelAsync();
            return;
        }
    }

    private static async Task<bool> IsClaimedAsync(ShareId id, Verifier claimToken, IShareStore store)
    {
        try
        {
            var delivery = await store.DeliverAsync(id, claimToken, CancellationToken.None);
            return delivery.Outcome == DeliveryOutcome.Claimed;
        }
        catch (StoreUnavailableException)
        {
            return true; // it may answer again before the next interval is over
        }
    }
}
