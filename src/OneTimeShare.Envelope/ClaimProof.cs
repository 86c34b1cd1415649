using System.Runtime.Intrinsics;

namespace OneTimeShare.Envelope;

/// <summary>
/// What a recipient shows to prove that they hold the link and know the passphrase, where there is one.
/// </summary>
public readonly struct ClaimProof
{
    /// <summary>32 bytes.</summary>
    public const int Length = 32;

    private readonly Vector256<byte> _bytes;

    /// <param name="bytes">Exactly <see cref="Length"/> bytes.</param>
    public ClaimProof(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _bytes = Vector256.Create(bytes);
    }

    /// <summary>What a server keeps of it.</summary>
    public Verifier Verifier => Verifier.Of(ToArray());

    /// <summary>Reads the 43 characters of canonical base64url; false for everything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ClaimProof proof)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bool parsed = StrictBase64Url.TryDecode(text, bytes);
        proof = parsed ? new ClaimProof(bytes) : default;
        return parsed;
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        _bytes.CopyTo(bytes);
        return bytes;
    }
}
