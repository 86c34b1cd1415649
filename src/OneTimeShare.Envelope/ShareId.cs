using System.Buffers.Binary;
using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>The name of a share: 16 random bytes, 22 characters of base64url. It is no secret and opens
/// nothing.</summary>
public readonly record struct ShareId
{
    /// <summary>16 bytes.</summary>
    public const int Length = 16;

    private readonly UInt128 _value;

    /// <param name="bytes">Exactly <see cref="Length"/> bytes.</param>
    public ShareId(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>A new one from the system's random numbers.</summary>
    public static ShareId Create()
    {
        Span<byte> bytes = stackalloc byte[Length];
        RandomNumberGenerator.Fill(bytes);
        return new ShareId(bytes);
    }

    /// <summary>Reads canonical base64url; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ShareId id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = StrictBase64Url.TryDecode(text, bytes);
        id = parsed ? new ShareId(bytes) : default;
        return parsed;
    }

    /// <summary>The 16 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _value);
        return bytes;
    }

    /// <summary>22 characters of base64url.</summary>
    public override string ToString() => StrictBase64Url.Encode(ToArray());
}
