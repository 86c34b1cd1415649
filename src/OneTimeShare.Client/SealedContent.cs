using System.IO.Pipelines;
using System.Net;
using System.Net.Http.Headers;

namespace OneTimeShare.Client;

/// <summary>The body of a request: sealed bytes as they come, their number unknown, sent once.</summary>
internal sealed class SealedContent : HttpContent
{
    public const string Envelope = "application/vnd.onetimeshare.envelope";
    private readonly PipeReader _envelope;
    private readonly Action<long> _onSent;

    public SealedContent(PipeReader envelope, Action<long> onSent)
    {
        _envelope = envelope;
        _onSent = onSent;
        Headers.ContentType = new MediaTypeHeaderValue(Envelope);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        long sent = 0;
        while (true)
        {
            var read = await _envelope.ReadAsync(cancellationToken);
            foreach (var part in read.Buffer)
                await stream.WriteAsync(part, cancellationToken);
            sent += read.Buffer.Length;
            _envelope.AdvanceTo(read.Buffer.End);
            _onSent(sent);
            if (read.IsCompleted)
                return;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>The body of a request: sealed bytes that are held, so that they can be sent again.</summary>
internal sealed class HeldContent : HttpContent
{
    private readonly HeldEnvelope _envelope;
    private readonly long _from;
    private readonly long _to;
    private readonly Action<long> _onSent;

    public HeldContent(HeldEnvelope envelope, long from, long to, string type, Action<long> onSent)
    {
        _envelope = envelope;
        _from = from;
        _to = to;
        _onSent = onSent;
        Headers.ContentType = new MediaTypeHeaderValue(type);
    }

    /// <summary>It goes on.</summary>
    public Action? OnSlice { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _envelope.CopyToAsync(
            stream,
            _from,
            _to,
            at =>
            {
                OnSlice?.Invoke();
                _onSent(at);
            },
            cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _to - _from;
        return true;
    }
}
