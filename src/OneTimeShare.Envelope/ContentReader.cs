using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>A piece of content: bytes that are authenticated, or why there are none. Empty is the end.</summary>
/// <param name="Bytes">The beginning of the memory that was to be filled.</param>
/// <param name="Failure">Null where all is well.</param>
public readonly record struct ContentPiece(ReadOnlyMemory<byte> Bytes, EnvelopeFailure? Failure);

/// <summary>
/// Opens records to the files' bytes, one after another in the manifest's order, in memory that does not depend on
/// their length. It hands on no byte that is not authenticated, and keeps the last record back until the padding
/// behind it and the end of the stream have been verified too: whoever has got the last byte has got all.
/// </summary>
public sealed class ContentReader : IDisposable
{
    /// <summary>How many records are read at a time, at most: 256 KiB of content.</summary>
    private const int MaxRecords = 4;

    private readonly Stream _source;
    private readonly RecordReader _records;
    private readonly byte[] _sealed;
    private long _contentLeft;
    private long _paddedLeft;
    private bool _ended;
    private EnvelopeFailure? _failure;

    /// <param name="source">The records, from <paramref name="first"/> on; read to its end and not disposed.</param>
    /// <param name="keys">The keys of the envelope.</param>
    /// <param name="manifest">What the envelope's sealed manifest opened to.</param>
    /// <param name="first">The record that begins: more than 0 where those before have been read already. No record
    /// opens in another's place.</param>
    public ContentReader(Stream source, KeySchedule keys, Manifest manifest, long first = 0)
    {
        long length = manifest.ContentLength;
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, length / Records.ContentLength);
        _source = source;
        _records = new RecordReader(keys, first);
        _contentLeft = length - (first * Records.ContentLength);
        _paddedLeft = Padding.PaddedLength(length) - (first * Records.ContentLength);
        _sealed = new byte[RecordsAtATime(manifest) * Records.SealedLength];
    }

    /// <summary>How many bytes to give to <see cref="ReadAsync"/>, so that it need not be asked more often.</summary>
    public static int RoomFor(Manifest manifest) => RecordsAtATime(manifest) * Records.ContentLength;

    /// <summary>
    /// The next piece: whole records but for the last, at most 262,144 bytes. A failure and the end are the answer
    /// from then on.
    /// </summary>
    /// <param name="destination">
    /// At least 65,536 bytes; behind the piece, what it holds then is of no meaning and no secret.
    /// </param>
    /// <param name="cancellationToken">Ends the reading for good.</param>
    public async ValueTask<ContentPiece> ReadAsync(
        Memory<byte> destination, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Records.ContentLength, nameof(destination));
        if (_ended)
            return new ContentPiece(default, _failure);

        // Ended unless all goes well: a source that throws half-way through a record has lost its place in it.
        (_ended, _failure) = (true, EnvelopeFailure.RecordsTruncated);
        var records = await ReadRecordsAsync(destination.Length / Records.ContentLength, cancellationToken);
        int filled = 0;
        EnvelopeFailure? failure;
        do
        {
            int length = (int)Math.Min(_contentLeft, Records.ContentLength);
            var record = destination.Slice(filled, Records.ContentLength);
            failure = Open(ref records, record.Span, length);
            _contentLeft -= length;
            if (failure is null && _contentLeft == 0)
                failure = await VerifyEndAsync(records, cancellationToken);
            if (failure is null)
                filled += length;
            else
                CryptographicOperations.ZeroMemory(record.Span);
        }
        while (failure is null && _contentLeft > 0 && !records.IsEmpty);

        (_ended, _failure) = (failure is not null || _contentLeft == 0, failure);
        // What was authentic before a failure is handed on, and the failure is the next answer.
        return new ContentPiece(destination[..filled], filled > 0 ? null : failure);
    }

    /// <summary>Forgets the key.</summary>
    public void Dispose() => _records.Dispose();

    private static int RecordsAtATime(Manifest manifest) =>
        (int)Math.Min(MaxRecords, Records.Count(Padding.PaddedLength(manifest.ContentLength)));

    /// <summary>As many of the next records as there is room for; fewer where the source ends before.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadRecordsAsync(int count, CancellationToken cancellationToken)
    {
        count = (int)Math.Min(Math.Min(count, _sealed.Length / Records.SealedLength), Records.Count(_paddedLeft));
        long padded = Math.Min(_paddedLeft, (long)count * Records.ContentLength);
        var records = _sealed.AsMemory(0, (int)padded + count * Records.TagLength);
        int read = await _source.ReadAtLeastAsync(
            records, records.Length, throwOnEndOfStream: false, cancellationToken);
        return records[..read];
    }

    private async ValueTask<EnvelopeFailure?> VerifyEndAsync(
        ReadOnlyMemory<byte> records, CancellationToken cancellationToken)
    {
        var padding = _paddedLeft > 0 ? new byte[Records.ContentLength] : [];
        while (_paddedLeft > 0)
        {
            if (records.IsEmpty)
                records = await ReadRecordsAsync(MaxRecords, cancellationToken);
            if (Open(ref records, padding, contentLength: 0) is { } failure)
                return failure;
        }
        int more = await _source.ReadAsync(_sealed.AsMemory(0, 1), cancellationToken);
        return more == 0 ? null : EnvelopeFailure.TrailingBytes;
    }

    /// <summary>Opens the first of <paramref name="records"/>, and leaves those behind it.</summary>
    private EnvelopeFailure? Open(ref ReadOnlyMemory<byte> records, Span<byte> destination, int contentLength)
    {
        int padded = (int)Math.Min(_paddedLeft, Records.ContentLength);
        int length = padded + Records.TagLength;
        if (records.Length < length)
            return EnvelopeFailure.RecordsTruncated;
        if (!_records.TryOpen(records.Span[..length], last: padded == _paddedLeft, destination))
            return EnvelopeFailure.RecordTampered;
        if (destination[contentLength..padded].ContainsAnyExcept((byte)0))
            return EnvelopeFailure.PaddingNotZero;
        records = records[length..];
        _paddedLeft -= padded;
        return null;
    }
}
