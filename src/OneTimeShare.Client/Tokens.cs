using System.Buffers.Binary;
using System.Security.Cryptography;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>
/// 16 random bytes of the claimant's own. Whoever may be killed keeps it from before the claim until the
/// acknowledgement: with it, and only with it, the content can be fetched again.
/// </summary>
public readonly record struct ClaimToken
{
    private readonly UInt128 _bytes;

    private ClaimToken(UInt128 bytes) => _bytes = bytes;

    /// <summary>A new one from the system's random numbers.</summary>
    public static ClaimToken Create() => new(TokenBytes.Create());

    /// <summary>Reads 22 characters of canonical base64url; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClaimToken token)
    {
        bool parsed = TokenBytes.TryParse(text, out var bytes);
        token = new ClaimToken(bytes);
        return parsed;
    }

    /// <summary>22 characters: a secret, and not <c>ToString</c> so that no log gets it.</summary>
    public string ToText() => TokenBytes.ToText(_bytes);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(ClaimToken);
}

/// <summary>16 random bytes of the sender's own, by which they, and nobody else, see the receipt and burn.</summary>
public readonly record struct ReceiptToken
{
    private readonly UInt128 _bytes;

    private ReceiptToken(UInt128 bytes) => _bytes = bytes;

    /// <summary>A new one from the system's random numbers.</summary>
    public static ReceiptToken Create() => new(TokenBytes.Create());

    /// <summary>Reads 22 characters of canonical base64url; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ReceiptToken token)
    {
        bool parsed = TokenBytes.TryParse(text, out var bytes);
        token = new ReceiptToken(bytes);
        return parsed;
    }

    /// <summary>22 characters: a secret, and not <c>ToString</c> so that no log gets it.</summary>
    public string ToText() => TokenBytes.ToText(_bytes);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(ReceiptToken);
}

/// <summary>What the two tokens are made of.</summary>
internal static class TokenBytes
{
    private const int Length = 16;

    public static UInt128 Create()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = StrictBase64Url.TryDecode(text, bytes);
        token = parsed ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : default;
        return parsed;
    }

    public static string ToText(UInt128 token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, token);
        return StrictBase64Url.Encode(bytes);
    }
}
