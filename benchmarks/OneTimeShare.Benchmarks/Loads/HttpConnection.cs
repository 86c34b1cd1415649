using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>An answer; the body lies in the connection's buffer until the next one.</summary>
internal readonly record struct Answer(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>A benchmark that measures wrong answers measures nothing.</summary>
    public void ThrowIfNot(int status)
    {
        if (Status != status)
        {
            throw new InvalidDataException(
                $"{Status} instead of {status}: {Encoding.Latin1.GetString(Body.Span)}");
        }
    }
}

/// <summary>HTTP/1.1 on a bare socket, kept alive: requests are bytes made beforehand, so it costs little.</summary>
internal sealed class HttpConnection : IDisposable
{
    private const int MaxAnswer = 256 * 1024;

    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[MaxAnswer];

    private HttpConnection(Socket socket) => _socket = socket;

    public static HttpConnection Open(IPEndPoint address)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(address);
            return new HttpConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a request's head; without a body, also those of a whole request.</summary>
    public static byte[] Request(string method, string path, params ReadOnlySpan<string> fields) =>
        Encoding.ASCII.GetBytes(
            $"{method} {path} HTTP/1.1\r\nHost: localhost\r\n{string.Concat(fields.ToArray().Select(Line))}\r\n");

    /// <summary>Sends a request and reads the whole answer.</summary>
    public async ValueTask<Answer> ExchangeAsync(ReadOnlyMemory<byte> request)
    {
        await SendAsync(request);
        return await ReadAnswerAsync();
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes)..];
    }

    /// <summary>Reads an answer whole, however its length is said.</summary>
    public async ValueTask<Answer> ReadAnswerAsync()
    {
        var (head, filled) = await ReadHeadAsync();
        if (head.IsChunked)
        {
            int length;
            while (!ChunkedBody.TryDecode(_buffer.AsSpan(head.Length, filled - head.Length), out length))
                filled += await ReceiveAsync(_buffer.AsMemory(filled));
            return new Answer(head.Status, _buffer.AsMemory(head.Length, length));
        }

        while (filled < head.Length + head.ContentLength)
            filled += await ReceiveAsync(_buffer.AsMemory(filled));
        return new Answer(head.Status, _buffer.AsMemory(head.Length, (int)head.ContentLength));
    }

    /// <summary>Reads an answer as it comes, and hands its pieces to <paramref name="take"/>.</summary>
    public async Task<long> ReadContentAsync(int status, Action<ReadOnlyMemory<byte>> take)
    {
        var (head, filled) = await ReadHeadAsync();
        if (head.Status != status || head.IsChunked)
            throw new InvalidDataException($"{head.Status} instead of {status}, or of unknown length.");
        take(_buffer.AsMemory(head.Length, filled - head.Length));
        long left = head.ContentLength - (filled - head.Length);
        while (left > 0)
        {
            int read = await ReceiveAsync(_buffer.AsMemory(0, (int)Math.Min(left, _buffer.Length)));
            take(_buffer.AsMemory(0, read));
            left -= read;
        }
        return head.ContentLength;
    }

    public void Dispose() => _socket.Dispose();

    private static string Line(string field) => field + "\r\n";

    private async ValueTask<(Head Head, int Filled)> ReadHeadAsync()
    {
        int filled = 0;
        while (true)
        {
            filled += await ReceiveAsync(_buffer.AsMemory(filled));
            int end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return (Head.Parse(_buffer.AsSpan(0, end + "\r\n\r\n".Length)), filled);
        }
    }

    private async ValueTask<int> ReceiveAsync(Memory<byte> destination)
    {
        int read = await _socket.ReceiveAsync(destination);
        return read > 0 ? read : throw new IOException("The server closed the connection, or its answer is too long.");
    }

    private readonly record struct Head(int Status, int Length, long ContentLength, bool IsChunked)
    {
        public static Head Parse(ReadOnlySpan<byte> head)
        {
            const int statusAt = 9; // after "HTTP/1.1 "
            int status = int.Parse(head.Slice(statusAt, 3), NumberStyles.None, CultureInfo.InvariantCulture);
            int at = head.IndexOf("\r\nContent-Length: "u8);
            long length = 0;
            if (at >= 0)
            {
                var rest = head[(at + "\r\nContent-Length: ".Length)..];
                length = long.Parse(
                    rest[..rest.IndexOf((byte)'\r')], NumberStyles.None, CultureInfo.InvariantCulture);
            }
            return new Head(status, head.Length, length, head.IndexOf("\r\nTransfer-Encoding: chunked"u8) >= 0);
        }
    }
}
