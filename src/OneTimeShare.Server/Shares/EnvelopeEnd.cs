using System.Buffers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>What the end of an envelope says about all of it.</summary>
/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Footer">Where it was received.</param>
/// <param name="Size">The length of all records, where it was received.</param>
/// <param name="Records">What there is of the records before the footer, where it was received.</param>
internal readonly record struct EnvelopeEnd(
    IntakeOutcome Outcome, EnvelopeFooter? Footer = null, long Size = 0, ReadOnlySequence<byte> Records = default)
{
    /// <summary>Whether there is one record only, which then is all of <see cref="Records"/>.</summary>
    public bool IsOneRecord => Size <= OneTimeShare.Envelope.Records.SealedLength;

    /// <param name="rest">The last bytes: at least as many as a footer can have, or all that follow the header.</param>
    /// <param name="recordsBefore">The length of the records before them.</param>
    /// <param name="maxSize">The largest length of all records that is admitted.</param>
    public static EnvelopeEnd Read(ReadOnlySequence<byte> rest, long recordsBefore, long maxSize)
    {
        var tail = rest.Slice(Math.Max(0, rest.Length - EnvelopeFooter.MaxLength));
        if (EnvelopeFooter.Read(tail.IsSingleSegment ? tail.FirstSpan : tail.ToArray(), out var footer) is not null)
            return new EnvelopeEnd(IntakeOutcome.Malformed);
        var records = rest.Slice(0, rest.Length - footer!.Length);
        long size = recordsBefore + records.Length;
        if (!OneTimeShare.Envelope.Records.IsSealedLength(size))
            return new EnvelopeEnd(IntakeOutcome.Malformed);
        return size > maxSize
            ? new EnvelopeEnd(IntakeOutcome.TooLarge)
            : new EnvelopeEnd(IntakeOutcome.Received, footer, size, records);
    }
}
