using System.Net;
using System.Net.Http.Headers;

namespace OneTimeShare.Client;

/// <summary>
/// The records of a claimed share from one of their bytes on, as one stream: where the connection breaks, it goes on
/// from there. Nothing is believed of what comes; whoever reads it opens it, and that fails for other bytes.
/// </summary>
internal sealed class DeliveryStream(
    Exchange exchange, ShareKeys keys, ClaimedShare share, long from, Patience patience, TimeProvider time) : Stream
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private HttpResponseMessage? _response;
    private Stream? _body;
    private long _at = from;

    /// <summary>Why there is no more, once reading has thrown.</summary>
    public Refusal? Refusal { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at < share.Size)
        {
            if (await ReadOnceAsync(buffer, cancellationToken) is { } read and > 0)
            {
                _at += read;
                patience.Reward();
                return read;
            }
            CloseResponse();
        }
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        CloseResponse();
        base.Dispose(disposing);
    }

    /// <summary>Null, or nothing, where the connection broke and it is worth another.</summary>
    private async Task<int?> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Refusal? refusal = null;
        if (_body is null && !(await OpenAsync(cancellationToken)).Is(out _body, out refusal))
        {
            await WaitAsync(refusal, cancellationToken);
            return null;
        }
        using var tooLong = new CancellationTokenSource(LongestSilence, time);
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            int read = await _body!.ReadAsync(buffer, silence.Token);
            if (read == 0)
                await WaitAsync(new Refusal(RefusalKind.NoAnswer), cancellationToken);
            return read;
        }
        catch (Exception failure) when (Exchange.IsNetwork(failure) && !cancellationToken.IsCancellationRequested)
        {
            await WaitAsync(Exchange.Broken(failure), cancellationToken);
            return null;
        }
    }

    private async Task WaitAsync(Refusal refusal, CancellationToken cancellationToken)
    {
        if (refusal.Passes && await patience.WaitAsync(refusal, cancellationToken))
            return;
        Refusal = refusal;
        throw new EndOfStreamException("The records end early.");
    }

    private async Task<Answer<Stream>> OpenAsync(CancellationToken cancellationToken)
    {
        var request = Exchange.Request(HttpMethod.Get, keys.Server, $"shares/{keys.Id}/content", share.Token.ToText());
        if (_at > 0)
            request.Headers.Range = new RangeHeaderValue(_at, null);
        if (!(await exchange.OpenAsync(request, cancellationToken)).Is(out var response, out var refusal))
            return refusal;
        _response = response;
        if (response.StatusCode != (_at > 0 ? HttpStatusCode.PartialContent : HttpStatusCode.OK))
            return await RefusalOfAsync(response, cancellationToken);
        // Bytes of another place than the one that was asked for would only fail to open; this says so sooner.
        if (_at > 0 && response.Content.Headers.ContentRange?.From != _at)
            return Problems.Unexpected(response);
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    private static async Task<Refusal> RefusalOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // A proxy that ignores ranges would send everything once more.
        if (response.StatusCode == HttpStatusCode.OK)
            return Problems.Unexpected(response);
        try
        {
            await response.Content.LoadIntoBufferAsync(Exchange.MaxAnswer, cancellationToken);
            return await Problems.ReadAsync(response, cancellationToken);
        }
        catch (Exception failure) when (Exchange.IsNetwork(failure) && !cancellationToken.IsCancellationRequested)
        {
            return Exchange.Broken(failure);
        }
    }

    private void CloseResponse()
    {
        _body?.Dispose();
        _response?.Dispose();
        (_body, _response) = (null, null);
    }
}
