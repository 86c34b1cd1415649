using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>One connection, on which a test sends the bytes that it wants, or breaks off.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();
    private readonly byte[] _received = new byte[1 << 16];
    private int _filled;

    /// <summary>Opens a connection to a server.</summary>
    public static async Task<RawConnection> OpenAsync(ServerProcess server)
    {
        var connection = new RawConnection();
        var address = server.Client.BaseAddress!;
        await connection._client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return connection;
    }

    /// <summary>A request as it goes over the wire; chunked, it is one chunk without the last, empty one.</summary>
    public static async Task<byte[]> BytesOfAsync(HttpRequestMessage request, bool chunked = false)
    {
        byte[] body = await request.Content!.ReadAsByteArrayAsync();
        var head = new StringBuilder($"{request.Method} /{request.RequestUri} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, values) in request.Headers.Concat(request.Content.Headers))
        {
            if (name is not "Content-Length")
                head.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\r\n");
        }
        if (chunked)
            head.Append(CultureInfo.InvariantCulture, $"Transfer-Encoding: chunked\r\n\r\n{body.Length:x}\r\n");
        else
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head.ToString()), .. body, .. chunked ? "\r\n"u8 : []];
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        await _client.GetStream().WriteAsync(bytes, cancellationToken);

    /// <summary>Says that nothing more comes, and goes on listening.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection, as a program that dies does.</summary>
    public void Reset()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Close();
    }

    /// <summary>Reads one whole answer.</summary>
    public async Task<HttpStatusCode> ReadStatusAsync(CancellationToken cancellationToken)
    {
        string head = Encoding.ASCII.GetString(await TakeThroughAsync("\r\n\r\n"u8.ToArray(), cancellationToken));
        string? length = head.Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        if (length is not null)
            await TakeAsync(int.Parse(length[16..], CultureInfo.InvariantCulture), cancellationToken);
        else
            await TakeThroughAsync("\r\n0\r\n\r\n"u8.ToArray(), cancellationToken);
        return (HttpStatusCode)int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _client.Dispose();

    private async Task<byte[]> TakeThroughAsync(byte[] mark, CancellationToken cancellationToken)
    {
        int end;
        while ((end = _received.AsSpan(0, _filled).IndexOf(mark)) < 0)
            await ReceiveAsync(cancellationToken);
        return await TakeAsync(end + mark.Length, cancellationToken);
    }

    private async Task<byte[]> TakeAsync(int count, CancellationToken cancellationToken)
    {
        while (_filled < count)
            await ReceiveAsync(cancellationToken);
        byte[] taken = _received[..count];
        _received.AsSpan(count, _filled - count).CopyTo(_received);
        _filled -= count;
        return taken;
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        int read = await _client.GetStream().ReadAsync(_received.AsMemory(_filled), cancellationToken);
        Assert.True(read > 0, "The server closed the connection before it had answered.");
        _filled += read;
    }
}
