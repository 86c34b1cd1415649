using System.Net;
using System.Threading.RateLimiting;

namespace OneTimeShare.Server.Web;

/// <summary>Counts one more request of a network, for all servers together.</summary>
/// <returns>How many there are in the window that is open, and how long it stays open.</returns>
internal delegate Task<(long Count, TimeSpan Left)> CountRequest(string policy, IPNetwork network, TimeSpan window);

/// <summary>One network's limit where several servers count together: it remembers nothing itself.</summary>
internal sealed class SharedRateLimiter(Func<Task<(long Count, TimeSpan Left)>> count, int limit) : RateLimiter
{
    private static readonly Lease Refused = new(IsAcquired: false, RetryAfter: null);

    /// <summary>It may be thrown away and made again at any time.</summary>
    public override TimeSpan? IdleDuration => TimeSpan.MaxValue;

    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>Whoever cannot wait for the answer is refused, and asks again as one who can.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => Refused;

    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(
        int permitCount, CancellationToken cancellationToken)
    {
        var (counted, left) = await count();
        return new Lease(counted <= limit, left);
    }

    private sealed class Lease(bool IsAcquired, TimeSpan? RetryAfter) : RateLimitLease
    {
        public override bool IsAcquired { get; } = IsAcquired;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? RetryAfter : null;
            return metadata is not null;
        }
    }
}
