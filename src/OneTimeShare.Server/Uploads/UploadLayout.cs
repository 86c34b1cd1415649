using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Uploads;

/// <summary>
/// Where the bytes of an envelope go as they arrive. As many from its end as a single record and a footer can have are
/// its tail, which waits in the upload's row until all of it is there: so no verifier and no single record ever lies in
/// a blob, and nothing has to be read back from one. What is before goes to the blob, the header first.
/// </summary>
internal readonly record struct UploadLayout(long Length)
{
    private const int MaxTailLength = Records.SealedLength + EnvelopeFooter.MaxLength;

    public long TailStart => Math.Max(EnvelopeHeader.Length, Length - MaxTailLength);

    public int TailLength => (int)(Length - TailStart);

    /// <summary>Whether some of it goes to a blob before all of it is there.</summary>
    public bool HasMiddle => TailStart > EnvelopeHeader.Length;

    public static int HeadLengthAt(long offset) => (int)Math.Min(offset, EnvelopeHeader.Length);

    /// <summary>A header goes to the blob when it is whole.</summary>
    public long BlobLengthAt(long offset) =>
        HasMiddle && offset >= EnvelopeHeader.Length ? Math.Min(offset, TailStart) : 0;

    public int TailLengthAt(long offset) => (int)Math.Max(0, offset - TailStart);
}
