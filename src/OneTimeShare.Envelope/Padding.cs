using System.Numerics;

namespace OneTimeShare.Envelope;

/// <summary>How content is padded, so that its size says little: Padmé (Nikitin et al., PoPETs 2019), 256 at
/// least.</summary>
public static class Padding
{
    /// <summary>256 bytes: no content is shorter.</summary>
    public const int MinLength = 256;

    /// <summary>2^48 bytes: no secret is longer.</summary>
    public const long MaxLength = 1L << 48;

    /// <summary>
    /// The padded length of <paramref name="length"/> bytes, 0 to <see cref="MaxLength"/>: above 256 bytes, less
    /// than a sixteenth more.
    /// </summary>
    public static long PaddedLength(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        if (length <= MinLength)
            return MinLength;
        int exponent = BitOperations.Log2((ulong)length);
        int significant = BitOperations.Log2((uint)exponent) + 1;
        long step = 1L << (exponent - significant);
        return (length + step - 1) & -step;
    }

    /// <summary>Whether some content has exactly this padded length.</summary>
    public static bool IsPaddedLength(long length) =>
        length is >= MinLength and <= MaxLength && PaddedLength(length) == length;
}
