using System.Net.Sockets;
using System.Text;

namespace OneTimeShare.Server.Tests;

/// <summary>A connection for what a proper HTTP client does not do: hold back, break off, write it wrong.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly MemoryStream _received = new();

    private RawConnection(RunningServer server)
    {
        _client = new TcpClient(server.Address.Host, server.Address.Port);
        _stream = _client.GetStream();
    }

    private string Text => Encoding.Latin1.GetString(_received.GetBuffer(), 0, (int)_received.Length);

    public static RawConnection Open(RunningServer server) => new(server);

    /// <summary>One request, and all that comes back until the server closes.</summary>
    public static async Task<string> ExchangeAsync(RunningServer server, string request)
    {
        using var connection = Open(server);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    /// <summary>A form, and what comes back until the server, done with all that it does afterwards, closes.</summary>
    public static Task<string> PostFormAsync(RunningServer server, string path, string form) => ExchangeAsync(server,
        $"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + $"Content-Length: {form.Length}\r\nConnection: close\r\n\r\n{form}");

    public ValueTask SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => _stream.WriteAsync(bytes);

    /// <summary>Nothing more will come from here, and whatever the server says is still read.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Up to the empty line behind the headers.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var one = new byte[1];
        while (!Text.EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one) == 1)
            _received.Write(one);
        string head = Text;
        _received.SetLength(0);
        return head;
    }

    /// <summary>Reads this many bytes, or as many as come before the end, and keeps none.</summary>
    public async Task<int> ReadAsync(int length) =>
        await _stream.ReadAtLeastAsync(new byte[length], length, throwOnEndOfStream: false);

    /// <summary>To the end, which may well be an abrupt one.</summary>
    public async Task<string> ReadToEndAsync()
    {
        try
        {
            await _stream.CopyToAsync(_received);
        }
        catch (IOException)
        {
            // The server has reset the connection: what came before is what there is.
        }
        return Text;
    }

    public void Dispose()
    {
        _client.Dispose();
        _received.Dispose();
    }
}
