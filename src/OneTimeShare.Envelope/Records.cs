namespace OneTimeShare.Envelope;

/// <summary>The lengths of records: 65,536 bytes of content each, 65,552 sealed; only the last may
/// be shorter.</summary>
public static class Records
{
    /// <summary>65,536 bytes of content.</summary>
    public const int ContentLength = 65_536;

    /// <summary>16 bytes that AES-GCM adds.</summary>
    public const int TagLength = 16;

    /// <summary>65,552 bytes.</summary>
    public const int SealedLength = ContentLength + TagLength;

    /// <summary>How many records a padded length makes.</summary>
    public static long Count(long paddedLength) => (paddedLength + ContentLength - 1) / ContentLength;

    /// <summary>The length of all records of content of <paramref name="length"/> bytes, padded and sealed.</summary>
    public static long SealedLengthOf(long length)
    {
        long padded = Padding.PaddedLength(length);
        return padded + (Count(padded) * TagLength);
    }

    /// <summary>Whether records of some padded length have exactly this length.</summary>
    public static bool IsSealedLength(long length)
    {
        long count = (length + SealedLength - 1) / SealedLength;
        long padded = length - (count * TagLength);
        return Padding.IsPaddedLength(padded) && Count(padded) == count;
    }
}
