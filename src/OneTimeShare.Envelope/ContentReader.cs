using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>A piece of content: bytes that are authenticated, or why there are none. Empty is the end.</summary>
/// <param name="Bytes">Valid until the next read.</param>
/// <param name="Failure">Null where all is well.</param>
public readonly record struct ContentPiece(ReadOnlyMemory<byte> Bytes, EnvelopeFailure? Failure);

/// <summary>
/// Opens records to the files' bytes, one after another in the manifest's order, in memory that does not depend on
/// their length. It hands on no byte that is not authenticated, and keeps the last piece back until the padding
/// behind it and the end of the stream have been verified too: whoever has got the last piece has got all.
/// </summary>
public sealed class ContentReader : IDisposable
{
    private readonly Stream _source;
    private readonly RecordReader _records;
    private readonly byte[] _sealed = new byte[Records.SealedLength];
    private readonly byte[] _content = new byte[Records.ContentLength];
    private long _contentLeft;
    private long _paddedLeft;
    private bool _ended;
    private EnvelopeFailure? _failure;

    /// <param name="source">The records, from the first; read to its end and not disposed.</param>
    /// <param name="keys">The keys of the envelope.</param>
    /// <param name="manifest">What the envelope's sealed manifest opened to.</param>
    public ContentReader(Stream source, KeySchedule keys, Manifest manifest)
    {
        _source = source;
        _records = new RecordReader(keys);
        _contentLeft = manifest.ContentLength;
        _paddedLeft = Padding.PaddedLength(_contentLeft);
    }

    /// <summary>The next piece, at most 65,536 bytes. A failure and the end are the answer from then on.</summary>
    public async ValueTask<ContentPiece> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (_ended)
            return new ContentPiece(default, _failure);

        // Ended unless all goes well: a source that throws half-way through a record has lost its place in it.
        (_ended, _failure) = (true, EnvelopeFailure.RecordsTruncated);
        int length = (int)Math.Min(_contentLeft, Records.ContentLength);
        var failure = await OpenRecordAsync(_content, length, cancellationToken);
        _contentLeft -= length;
        if (failure is null && _contentLeft == 0)
            failure = await VerifyEndAsync(cancellationToken);
        (_ended, _failure) = (failure is not null || _contentLeft == 0, failure);
        return new ContentPiece(failure is null ? _content.AsMemory(0, length) : default, failure);
    }

    /// <summary>Zeroes what is left of the secret in memory.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_content);
        _records.Dispose();
    }

    private async ValueTask<EnvelopeFailure?> VerifyEndAsync(CancellationToken cancellationToken)
    {
        var padding = _paddedLeft > 0 ? new byte[Records.ContentLength] : [];
        while (_paddedLeft > 0)
        {
            if (await OpenRecordAsync(padding, contentLength: 0, cancellationToken) is { } failure)
                return failure;
        }
        int more = await _source.ReadAsync(_sealed.AsMemory(0, 1), cancellationToken);
        return more == 0 ? null : EnvelopeFailure.TrailingBytes;
    }

    private async ValueTask<EnvelopeFailure?> OpenRecordAsync(
        byte[] destination, int contentLength, CancellationToken cancellationToken)
    {
        int padded = (int)Math.Min(_paddedLeft, Records.ContentLength);
        var record = _sealed.AsMemory(0, padded + Records.TagLength);
        int read = await _source.ReadAtLeastAsync(record, record.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < record.Length)
            return EnvelopeFailure.RecordsTruncated;
        if (!_records.TryOpen(record.Span, last: padded == _paddedLeft, destination))
            return EnvelopeFailure.RecordTampered;
        if (destination.AsSpan(contentLength..padded).ContainsAnyExcept((byte)0))
            return EnvelopeFailure.PaddingNotZero;
        _paddedLeft -= padded;
        return null;
    }
}
