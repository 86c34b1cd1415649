using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>
/// The requests of one connection about shares of one sealed secret; the server makes a new id for each, which is
/// written into the bytes that were made beforehand.
/// </summary>
internal sealed class ProductRequests
{
    public const int IdLength = 22;

    private const string Shares = "/api/v1/shares";
    private static readonly string AnyId = new('A', IdLength);

    private readonly byte[] _create;
    private readonly byte[] _claim;
    private readonly byte[] _acknowledge;
    private readonly byte[] _content;

    public ProductRequests(SealedSecret secret)
    {
        string receiptToken = Token(), claimToken = Token();
        _create =
        [
            .. HttpConnection.Request("POST", Shares, $"Authorization: Bearer {receiptToken}",
                "Content-Type: application/vnd.onetimeshare.envelope", $"Content-Length: {secret.Envelope.Length}"),
            .. secret.Envelope,
        ];
        string claim = $$"""
            {"link_proof":"{{secret.LinkProof}}","claim_proof":"{{secret.ClaimProof}}","claim_token":"{{claimToken}}"}
            """;
        _claim =
        [
            .. HttpConnection.Request("POST", $"{Shares}/{AnyId}/claim", "Content-Type: application/json",
                $"Content-Length: {claim.Length}"),
            .. Encoding.ASCII.GetBytes(claim),
        ];
        _acknowledge = HttpConnection.Request(
            "DELETE", $"{Shares}/{AnyId}", $"Authorization: Bearer {claimToken}");
        _content = Encoding.ASCII.GetBytes($"\"content\":\"{StrictBase64Url.Encode(secret.Records)}\"");
    }

    public static string Token() => StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(16));

    /// <summary>Creates a share, and writes its id to <paramref name="id"/>.</summary>
    public async ValueTask CreateAsync(HttpConnection connection, Memory<byte> id)
    {
        var answer = await connection.ExchangeAsync(_create);
        answer.ThrowIfNot(201);
        IdIn(answer).CopyTo(id.Span);
    }

    /// <summary>Claims it, and compares what comes with what was sealed.</summary>
    public async ValueTask ClaimAsync(HttpConnection connection, ReadOnlyMemory<byte> id)
    {
        var answer = await connection.ExchangeAsync(WithId(_claim, id));
        answer.ThrowIfNot(200);
        if (answer.Body.Span.IndexOf(_content) < 0)
            throw new InvalidDataException("The claimed content is not what was sent.");
    }

    public async ValueTask AcknowledgeAsync(HttpConnection connection, ReadOnlyMemory<byte> id) =>
        (await connection.ExchangeAsync(WithId(_acknowledge, id))).ThrowIfNot(204);

    /// <summary>The id in the answer to a create.</summary>
    public static ReadOnlySpan<byte> IdIn(Answer answer)
    {
        var body = answer.Body.Span;
        return body.Slice(body.IndexOf("\"id\":\""u8) + "\"id\":\"".Length, IdLength);
    }

    private static byte[] WithId(byte[] request, ReadOnlyMemory<byte> id)
    {
        id.Span.CopyTo(request.AsSpan(request.AsSpan().IndexOf("/shares/"u8) + "/shares/".Length));
        return request;
    }
}
