using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OneTimeShare.Server.Web;

/// <summary>The sender of a body has said nothing for too long: 408.</summary>
internal sealed class SilentBodyException() : Exception("The request's body stopped in the middle.");

/// <summary>
/// A request's body at any pace, as long as it never pauses for more than <see cref="Bound"/>. A pipe
/// like <c>pg_dump | curl</c> may well be silent for a while, which Kestrel's own minimum rate would punish.
/// </summary>
internal sealed class BoundedSilenceReader : PipeReader, IDisposable
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly PipeReader _body;
    private readonly TimeProvider _time;
    private readonly long _maxLength;
    private ITimer? _silence;
    private volatile bool _silent;
    private ReadOnlySequence<byte>? _read;
    private long _consumed;

    /// <param name="context">Whose request's body this reads.</param>
    /// <param name="maxLength">In bytes: what is longer is refused as it comes, if its length was not known.</param>
    /// <param name="time">What measures the silence.</param>
    public BoundedSilenceReader(HttpContext context, long maxLength, TimeProvider time)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Of a body in chunks the server would count the chunks' own lengths too, so it is counted here.
            size.MaxRequestBodySize = context.Request.ContentLength is null ? null : maxLength;
        }
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        _maxLength = maxLength;
        _body = context.Request.BodyReader;
        _time = time;
    }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (TryRead(out var ready))
            return ready;
        // Not before it is wanted: a small body is there with its headers.
        _silence ??= _time.CreateTimer(_ => Interrupt(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _silence.Change(Bound, Timeout.InfiniteTimeSpan);
        try
        {
            return Take(await _body.ReadAsync(cancellationToken));
        }
        finally
        {
            _silence.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        bool read = _body.TryRead(out result);
        if (read)
            Take(result);
        return read;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_read is { } read)
            _consumed += read.Slice(read.Start, consumed).Length;
        _read = null;
        _body.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => _body.CancelPendingRead();

    public override void Complete(Exception? exception = null) => _body.Complete(exception);

    /// <summary>
    /// Lets go of what was read last, whatever came of it: a body that is still being read when its request is over
    /// costs the client the connection, and with it, should it be sending still, the answer.
    /// </summary>
    public void Dispose()
    {
        _silence?.Dispose();
        if (_read is { } read)
            AdvanceTo(read.End);
    }

    private ReadResult Take(ReadResult result)
    {
        _read = result.Buffer;
        // Also of a read that need not wait: the time may have run out just as the one before came to its end.
        if (result.IsCanceled && _silent)
            throw new SilentBodyException();
        if (_consumed + result.Buffer.Length > _maxLength)
            throw new BadHttpRequestException("The body is too large.", StatusCodes.Status413PayloadTooLarge);
        return result;
    }

    private void Interrupt()
    {
        _silent = true;
        _body.CancelPendingRead();
    }
}
