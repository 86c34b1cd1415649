using System.Net;
using System.Text;
using System.Text.Json;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>The product's doors: the server seals what comes and opens what goes.</summary>
internal sealed class DoorTransfer(IPEndPoint address, long length) : ITransfer
{
    private readonly string _claimToken = ProductRequests.Token();
    private string _id = "";
    private string _linkKey = "";

    public async Task UploadAsync()
    {
        using var connection = HttpConnection.Open(address);
        await connection.SendAsync(HttpConnection.Request(
            "PUT", "/secret.bin", "Accept: application/json", $"Content-Length: {length}"));
        await LargeContent.SendAsync(connection, length);
        var answer = await connection.ReadAnswerAsync();
        answer.ThrowIfNot(201);
        using var created = JsonDocument.Parse(answer.Body);
        _id = created.RootElement.GetProperty("id").GetString()!;
        _linkKey = created.RootElement.GetProperty("link").GetString()!.Split('#')[1];
    }

    public async Task DownloadAsync()
    {
        using var connection = HttpConnection.Open(address);
        string form = $"key={_linkKey}&claim_token={_claimToken}";
        await connection.SendAsync(HttpConnection.Request("POST", $"/d/{_id}",
            "Content-Type: application/x-www-form-urlencoded", $"Content-Length: {form.Length}"));
        await connection.SendAsync(Encoding.ASCII.GetBytes(form));
        var content = new LargeContent();
        await connection.ReadContentAsync(200, content.Take);
        content.ThrowIfNot(length);
    }

    public async Task EndAsync()
    {
        using var connection = HttpConnection.Open(address);
        var request = HttpConnection.Request(
            "DELETE", $"/api/v1/shares/{_id}", $"Authorization: Bearer {_claimToken}");
        (await connection.ExchangeAsync(request)).ThrowIfNot(204);
    }
}
