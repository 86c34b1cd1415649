using OneTimeShare.Envelope;
using static System.Buffers.Binary.BinaryPrimitives;

namespace OneTimeShare.Server.Shares;

/// <summary>Who has taken a share, as an <see cref="IClaimGate"/> keeps it beside the store.</summary>
/// <param name="ClaimToken">The claimant's; null where the sender burned it.</param>
/// <param name="Until">When the claimant's lease ends, or when the sender burned it.</param>
internal readonly record struct ClaimMark(Verifier? ClaimToken, DateTimeOffset Until)
{
    /// <summary>No mark is longer.</summary>
    public const int MaxLength = Verifier.Length + sizeof(long);

    public static ClaimMark Claimed(Verifier claimToken, DateTimeOffset leaseUntil) => new(claimToken, leaseUntil);

    public static ClaimMark Burned(DateTimeOffset at) => new(null, at);

    /// <summary>The hash, but for a burn, and the time in milliseconds: a store keeps no finer ones.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[ClaimToken is null ? sizeof(long) : MaxLength];
        ClaimToken?.ToArray().CopyTo(bytes.AsSpan());
        WriteInt64BigEndian(bytes.AsSpan(^sizeof(long)), Until.ToUnixTimeMilliseconds());
        return bytes;
    }

    /// <exception cref="StoreUnavailableException">It is no mark. Nobody may take the share then.</exception>
    public static ClaimMark Read(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        MaxLength => Claimed(new Verifier(bytes[..Verifier.Length]), ReadTime(bytes[Verifier.Length..])),
        sizeof(long) => Burned(ReadTime(bytes)),
        _ => throw NoMark(),
    };

    private static DateTimeOffset ReadTime(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(ReadInt64BigEndian(bytes));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw NoMark();
        }
    }

    private static StoreUnavailableException NoMark() => new("A claim mark in the blob store is damaged.");
}
