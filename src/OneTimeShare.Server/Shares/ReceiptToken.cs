using System.Security.Cryptography;
using OneTimeShare.Envelope;
using static System.Buffers.Binary.BinaryPrimitives;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// 16 random bytes of the sender's own, by which they see the receipt, burn, and allow more attempts.
/// </summary>
internal readonly struct ReceiptToken
{
    public const int Length = 16;
    private readonly UInt128 _bytes;

    private ReceiptToken(ReadOnlySpan<byte> bytes) => _bytes = ReadUInt128BigEndian(bytes);

    public Verifier Verifier
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Length];
            WriteUInt128BigEndian(bytes, _bytes);
            return Verifier.Of(bytes);
        }
    }

    public static ReceiptToken Create() => new(RandomNumberGenerator.GetBytes(Length));

    public static bool TryParse(ReadOnlySpan<char> text, out ReceiptToken token)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = StrictBase64Url.TryDecode(text, bytes);
        token = parsed ? new ReceiptToken(bytes) : default;
        return parsed;
    }

    /// <summary>For the sender's eyes only, and so not <c>ToString</c>.</summary>
    public string ToText()
    {
        Span<byte> bytes = stackalloc byte[Length];
        WriteUInt128BigEndian(bytes, _bytes);
        return StrictBase64Url.Encode(bytes);
    }
}
