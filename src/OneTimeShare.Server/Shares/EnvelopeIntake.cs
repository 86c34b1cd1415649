using System.Buffers;
using System.IO.Pipelines;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

internal enum IntakeOutcome
{
    /// <summary>All of it is there: publish it.</summary>
    Received,

    /// <summary>Not a whole envelope of version 1.</summary>
    Malformed,

    /// <summary>More records than the server admits.</summary>
    TooLarge,
}

/// <summary>
/// Takes an envelope as it comes, in one pass and constant memory. One of a single record stays in memory until it
/// is in the row; a larger one goes to a blob while it is read. The reader's own buffer holds back as many bytes as a
/// footer can have, so that a blob is header and records, and no verifier ever lies in one.
/// </summary>
internal sealed class EnvelopeIntake(IShareStore store, IBlobStore blobs, ShareOptions options)
{
    private const int MaxLengthInRow = EnvelopeHeader.Length + Records.SealedLength + EnvelopeFooter.MaxLength;

    private readonly long _maxRecordsLength = Records.SealedLengthOf(options.MaxSize);

    public async Task<ReceivedEnvelope> ReceiveAsync(PipeReader source, CancellationToken cancellationToken)
    {
        var envelope = new ReceivedEnvelope(ShareId.Create(), store, blobs);
        try
        {
            envelope.Outcome = await ReceiveAsync(source, envelope, cancellationToken);
            return envelope;
        }
        catch
        {
            await envelope.DisposeAsync();
            throw;
        }
    }

    private async Task<IntakeOutcome> ReceiveAsync(
        PipeReader source, ReceivedEnvelope envelope, CancellationToken cancellationToken)
    {
        var start = await source.ReadAtLeastAsync(EnvelopeHeader.Length, cancellationToken);
        if (EnvelopeHeader.Read(FirstBytes(start.Buffer), out var header) is not null)
            return IntakeOutcome.Malformed;
        envelope.Header = header!;
        source.AdvanceTo(start.Buffer.Start);

        var read = await source.ReadAtLeastAsync(MaxLengthInRow + 1, cancellationToken);
        return read.IsCompleted
            ? await FinishAsync(read.Buffer.Slice(EnvelopeHeader.Length), envelope, recordsSoFar: 0, cancellationToken)
            : await ReceiveBlobAsync(source, read, envelope, cancellationToken);
    }

    private async Task<IntakeOutcome> ReceiveBlobAsync(
        PipeReader source, ReadResult read, ReceivedEnvelope envelope, CancellationToken cancellationToken)
    {
        await envelope.BeginBlobAsync(cancellationToken);
        var records = read.Buffer.Slice(EnvelopeHeader.Length);
        long written = 0;
        while (!read.IsCompleted)
        {
            var certain = records.Slice(0, Math.Max(0, records.Length - EnvelopeFooter.MaxLength));
            written += certain.Length;
            if (written > _maxRecordsLength)
                return IntakeOutcome.TooLarge;
            await envelope.WriteToBlobAsync(certain, cancellationToken);
            source.AdvanceTo(certain.End, records.End);
            read = await source.ReadAsync(cancellationToken);
            records = read.Buffer;
        }
        return await FinishAsync(records, envelope, written, cancellationToken);
    }

    /// <summary>The rest is what follows the header, or what has not gone to the blob yet: all up to the end.</summary>
    private async Task<IntakeOutcome> FinishAsync(
        ReadOnlySequence<byte> rest, ReceivedEnvelope envelope, long recordsSoFar, CancellationToken cancellationToken)
    {
        var end = EnvelopeEnd.Read(rest, recordsSoFar, _maxRecordsLength);
        if (end.Outcome != IntakeOutcome.Received)
            return end.Outcome;
        envelope.Footer = end.Footer;
        envelope.Size = end.Size;
        if (end.IsOneRecord)
        {
            envelope.Records = end.Records.ToArray();
            return IntakeOutcome.Received;
        }
        await envelope.BeginBlobAsync(cancellationToken);
        await envelope.WriteToBlobAsync(end.Records, cancellationToken);
        await envelope.CompleteBlobAsync(cancellationToken);
        return IntakeOutcome.Received;
    }

    private static byte[] FirstBytes(ReadOnlySequence<byte> buffer) =>
        buffer.Slice(0, Math.Min(buffer.Length, EnvelopeHeader.Length)).ToArray();
}
