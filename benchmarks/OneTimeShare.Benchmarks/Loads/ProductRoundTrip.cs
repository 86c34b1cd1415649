namespace OneTimeShare.Benchmarks.Loads;

/// <summary>Create and claim, and where wanted the acknowledgement that ends the share.</summary>
internal sealed class ProductRoundTrip(SealedSecret secret, bool acknowledge) : IRoundTrip
{
    private readonly ProductRequests _requests = new(secret);
    private readonly byte[] _id = new byte[ProductRequests.IdLength];

    public async ValueTask<bool> RunAsync(HttpConnection connection)
    {
        await _requests.CreateAsync(connection, _id);
        await _requests.ClaimAsync(connection, _id);
        if (acknowledge)
            await _requests.AcknowledgeAsync(connection, _id);
        return true;
    }
}
