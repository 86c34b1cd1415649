using System.Net;
using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>
/// The product's API. The server opens no record, so that bytes of the right length between a header and a footer
/// are an envelope to it.
/// </summary>
internal sealed class ApiTransfer(IPEndPoint address, long length) : ITransfer
{
    private const string Shares = "/api/v1/shares";

    private readonly long _recordsLength = Records.SealedLengthOf(length);
    private readonly LinkProof _link = new(RandomNumberGenerator.GetBytes(LinkProof.Length));
    private readonly ClaimProof _claim = new(RandomNumberGenerator.GetBytes(ClaimProof.Length));
    private readonly string _token = ProductRequests.Token();
    private string _id = "";

    public async Task UploadAsync()
    {
        var header = EnvelopeHeader.Create(Kdf.None);
        var footer = new EnvelopeFooter(
            new SealedManifest(RandomNumberGenerator.GetBytes(SealedManifest.MinLength)),
            _link.Verifier,
            _claim.Verifier);
        var footerBytes = new byte[footer.Length];
        footer.WriteTo(footerBytes);

        using var connection = HttpConnection.Open(address);
        await connection.SendAsync(HttpConnection.Request("POST", Shares, $"Authorization: Bearer {_token}",
            "Content-Type: application/vnd.onetimeshare.envelope",
            $"Content-Length: {EnvelopeHeader.Length + _recordsLength + footer.Length}"));
        await connection.SendAsync(header.Bytes.ToArray());
        await LargeContent.SendAsync(connection, _recordsLength);
        var answer = await connection.ExchangeAsync(footerBytes);
        answer.ThrowIfNot(201);
        _id = Encoding.ASCII.GetString(ProductRequests.IdIn(answer));
    }

    public async Task DownloadAsync()
    {
        using var connection = HttpConnection.Open(address);
        string claim = $$"""
            {"link_proof":"{{StrictBase64Url.Encode(_link.ToArray())}}",
             "claim_proof":"{{StrictBase64Url.Encode(_claim.ToArray())}}","claim_token":"{{_token}}"}
            """;
        byte[] request =
        [
            .. HttpConnection.Request("POST", $"{Shares}/{_id}/claim", "Content-Type: application/json",
                $"Content-Length: {claim.Length}"),
            .. Encoding.ASCII.GetBytes(claim),
        ];
        (await connection.ExchangeAsync(request)).ThrowIfNot(200);

        var content = new LargeContent();
        await connection.SendAsync(
            HttpConnection.Request("GET", $"{Shares}/{_id}/content", $"Authorization: Bearer {_token}"));
        await connection.ReadContentAsync(200, content.Take);
        content.ThrowIfNot(_recordsLength);
    }

    public async Task EndAsync()
    {
        using var connection = HttpConnection.Open(address);
        var request = HttpConnection.Request("DELETE", $"{Shares}/{_id}", $"Authorization: Bearer {_token}");
        (await connection.ExchangeAsync(request)).ThrowIfNot(204);
    }
}
