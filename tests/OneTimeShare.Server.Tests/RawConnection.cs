using System.Net.Sockets;
using System.Text;

namespace OneTimeShare.Server.Tests;

/// <summary>A connection for what a proper HTTP client does not do: hold back, break off, write it wrong.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly MemoryStream _received = new();

    private NetworkStream Stream => _client.GetStream();

    public static async Task<RawConnection> OpenAsync(RunningServer server)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(server.Address.Host, server.Address.Port);
        return connection;
    }

    /// <summary>One request, and all that comes back until the server closes.</summary>
    public static async Task<string> ExchangeAsync(RunningServer server, string request)
    {
        using var connection = await OpenAsync(server);
        await connection.SendAsync(request);
        return await connection.ReadToEndAsync();
    }

    public ValueTask SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => Stream.WriteAsync(bytes);

    /// <summary>Nothing more will come from here, and whatever the server says is still read.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Up to the empty line behind the headers.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var one = new byte[1];
        while (!Text.EndsWith("\r\n\r\n", StringComparison.Ordinal) && await Stream.ReadAsync(one) == 1)
            _received.Write(one);
        string head = Text;
        _received.SetLength(0);
        return head;
    }

    /// <summary>To the end, which may well be an abrupt one.</summary>
    public async Task<string> ReadToEndAsync()
    {
        try
        {
            await Stream.CopyToAsync(_received);
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

    private string Text => Encoding.Latin1.GetString(_received.GetBuffer(), 0, (int)_received.Length);
}
