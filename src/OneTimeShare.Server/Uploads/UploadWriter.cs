using System.Buffers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Uploads;

/// <summary>
/// The one writer of an upload, for as long as nobody newer comes. It sorts what arrives into head, blob and tail, and
/// moves the offset only over what is durable.
/// </summary>
internal sealed class UploadWriter(
    ShareId id, TakenUpload taken, long offset, IBlobAppender blob, IUploadStore store, long maxSize)
{
    private readonly UploadLayout _layout = new(taken.Length);
    private readonly byte[] _head = Resized(taken.Head!, EnvelopeHeader.Length);
    private readonly byte[] _tail = Resized(taken.Tail!, new UploadLayout(taken.Length).TailLength);
    private bool _unflushed;

    public long Offset { get; private set; } = offset;

    public bool IsWhole => Offset == taken.Length;

    /// <summary>Takes what arrives next, not more than there is to come; false where it begins no envelope.</summary>
    public async Task<bool> WriteAsync(ReadOnlySequence<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            long end = Offset < EnvelopeHeader.Length ? EnvelopeHeader.Length
                : Offset < _layout.TailStart ? _layout.TailStart : taken.Length;
            var next = bytes.Slice(0, Math.Min(bytes.Length, end - Offset));
            bytes = bytes.Slice(next.End);
            if (end == EnvelopeHeader.Length)
                next.CopyTo(_head.AsSpan((int)Offset));
            else if (end == taken.Length)
                next.CopyTo(_tail.AsSpan(_layout.TailLengthAt(Offset)));
            else
                await WriteToBlobAsync(next);
            Offset += next.Length;
            if (Offset == EnvelopeHeader.Length && !await TakeHeaderAsync())
                return false;
        }
        return true;
    }

    /// <summary>Makes durable what has arrived, the blob's bytes before the row.</summary>
    /// <returns>Until when the upload may be silent; null where somebody newer writes it.</returns>
    public async Task<DateTimeOffset?> AdvanceAsync()
    {
        if (_unflushed)
            await blob.FlushAsync(CancellationToken.None);
        _unflushed = false;
        return await store.AdvanceUploadAsync(
            id, taken.Writer, Offset, _head[..UploadLayout.HeadLengthAt(Offset)],
            _tail[.._layout.TailLengthAt(Offset)], CancellationToken.None);
    }

    /// <summary>Makes a share of it, the blob durable before the row.</summary>
    public async Task<AppendOutcome> PublishAsync(Verifier receiptToken)
    {
        long recordsBefore = _layout.TailStart - EnvelopeHeader.Length;
        var end = EnvelopeEnd.Read(new ReadOnlySequence<byte>(_tail), recordsBefore, maxSize);
        return end.Outcome switch
        {
            IntakeOutcome.Malformed => AppendOutcome.Malformed,
            IntakeOutcome.TooLarge => AppendOutcome.TooLarge,
            IntakeOutcome.Received => await PublishAsync(end, receiptToken),
        };
    }

    private async Task<AppendOutcome> PublishAsync(EnvelopeEnd end, Verifier receiptToken)
    {
        if (EnvelopeHeader.Read(_head, out var header) is not null)
            return AppendOutcome.Malformed;
        if (!end.IsOneRecord)
        {
            if (!_layout.HasMiddle)
                await blob.WriteAsync(_head, CancellationToken.None);
            await WriteToBlobAsync(end.Records);
            await blob.CompleteAsync(CancellationToken.None);
        }
        var share = new NewShare(
            id, header!, end.Footer!, receiptToken, taken.Lifetime, end.Size,
            end.IsOneRecord ? end.Records.ToArray() : null);
        return await store.PublishUploadAsync(taken.Writer, share, CancellationToken.None) is null
            ? AppendOutcome.OffsetDiffers : AppendOutcome.Published;
    }

    /// <summary>The header is known to be one as soon as it is there, and goes to the blob before all else.</summary>
    private async Task<bool> TakeHeaderAsync()
    {
        if (EnvelopeHeader.Read(_head, out _) is not null)
            return false;
        if (_layout.HasMiddle)
            await WriteToBlobAsync(new ReadOnlySequence<byte>(_head));
        return true;
    }

    private ValueTask WriteToBlobAsync(ReadOnlySequence<byte> bytes)
    {
        _unflushed = true;
        return blob.WriteAsync(bytes, CancellationToken.None);
    }

    private static byte[] Resized(byte[] bytes, int length)
    {
        Array.Resize(ref bytes, length);
        return bytes;
    }
}
