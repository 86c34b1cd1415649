namespace OneTimeShare.Benchmarks.Loads;

/// <summary>The same bytes to the floor and back.</summary>
internal sealed class RedisRoundTrip(SealedSecret secret) : IRoundTrip
{
    private const int KeyLength = 32;

    private readonly byte[] _put =
    [
        .. HttpConnection.Request("POST", "/put", $"Content-Length: {secret.Envelope.Length}"),
        .. secret.Envelope,
    ];

    private readonly byte[] _take = HttpConnection.Request("POST", $"/take/{new string('0', KeyLength)}",
        "Content-Length: 0");

    public async ValueTask<bool> RunAsync(HttpConnection connection)
    {
        var put = await connection.ExchangeAsync(_put);
        put.ThrowIfNot(200);
        put.Body.Span[..KeyLength].CopyTo(_take.AsSpan("POST /take/".Length));

        var take = await connection.ExchangeAsync(_take);
        take.ThrowIfNot(200);
        if (!take.Body.Span.SequenceEqual(secret.Envelope))
            throw new InvalidDataException("The floor gave back something else.");
        return true;
    }
}
