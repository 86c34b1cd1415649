namespace OneTimeShare.Benchmarks.Loads;

/// <summary>Creates shares first and claims them later, so that each act is measured by itself.</summary>
internal sealed class KeptShares(SealedSecret secret)
{
    private readonly ProductRequests _requests = new(secret);
    private readonly Queue<byte[]> _ids = new();

    public IRoundTrip Create => new CreateOnly(this);

    public IRoundTrip Claim => new ClaimOnly(this);

    private sealed class CreateOnly(KeptShares shares) : IRoundTrip
    {
        public async ValueTask<bool> RunAsync(HttpConnection connection)
        {
            var id = new byte[ProductRequests.IdLength];
            await shares._requests.CreateAsync(connection, id);
            shares._ids.Enqueue(id);
            return true;
        }
    }

    private sealed class ClaimOnly(KeptShares shares) : IRoundTrip
    {
        public async ValueTask<bool> RunAsync(HttpConnection connection)
        {
            if (!shares._ids.TryDequeue(out var id))
                return false;
            await shares._requests.ClaimAsync(connection, id);
            return true;
        }
    }
}
