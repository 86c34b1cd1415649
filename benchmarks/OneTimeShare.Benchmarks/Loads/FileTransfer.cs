using System.Net;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>The floors that take and give a file by its name.</summary>
internal sealed class FileTransfer(IPEndPoint address, string name, long length) : ITransfer
{
    public async Task UploadAsync()
    {
        using var connection = HttpConnection.Open(address);
        await connection.SendAsync(HttpConnection.Request("PUT", $"/{name}", $"Content-Length: {length}"));
        await LargeContent.SendAsync(connection, length);
        (await connection.ReadAnswerAsync()).ThrowIfNot(201);
    }

    public async Task DownloadAsync()
    {
        using var connection = HttpConnection.Open(address);
        await connection.SendAsync(HttpConnection.Request("GET", $"/{name}"));
        var content = new LargeContent();
        await connection.ReadContentAsync(200, content.Take);
        content.ThrowIfNot(length);
    }

    public async Task EndAsync()
    {
        using var connection = HttpConnection.Open(address);
        (await connection.ExchangeAsync(HttpConnection.Request("DELETE", $"/{name}"))).ThrowIfNot(204);
    }
}
