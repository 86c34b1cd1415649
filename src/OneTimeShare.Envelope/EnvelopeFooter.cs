using System.Buffers.Binary;

namespace OneTimeShare.Envelope;

/// <summary>
/// The end of an envelope: the sealed manifest, the verifiers of the two proofs, and the sealed manifest's length.
/// </summary>
public sealed class EnvelopeFooter
{
    /// <summary>68 bytes: two verifiers and a length.</summary>
    private const int FixedLength = (2 * Verifier.Length) + sizeof(uint);

    /// <summary>340 bytes: with a manifest of 256 bytes, sealed.</summary>
    public const int MinLength = SealedManifest.MinLength + FixedLength;

    /// <summary>65,620 bytes: with a manifest of 65,536 bytes, sealed.</summary>
    public const int MaxLength = SealedManifest.MaxLength + FixedLength;

    /// <summary>Says what a footer is made of.</summary>
    public EnvelopeFooter(SealedManifest manifest, Verifier linkVerifier, Verifier claimVerifier)
    {
        Manifest = manifest;
        LinkVerifier = linkVerifier;
        ClaimVerifier = claimVerifier;
    }

    /// <summary>The sealed manifest.</summary>
    public SealedManifest Manifest { get; }

    /// <summary>The SHA-256 of the link proof.</summary>
    public Verifier LinkVerifier { get; }

    /// <summary>The SHA-256 of the claim proof.</summary>
    public Verifier ClaimVerifier { get; }

    /// <summary>The length in bytes.</summary>
    public int Length => Manifest.Length + FixedLength;

    /// <summary>
    /// Reads a footer from the end of <paramref name="tail"/>, the last <see cref="MaxLength"/> bytes of what follows
    /// an envelope's header, or all of them; null and the footer, or why there is none.
    /// </summary>
    public static EnvelopeFailure? Read(ReadOnlySpan<byte> tail, out EnvelopeFooter? footer)
    {
        footer = null;
        if (tail.Length < MinLength)
            return EnvelopeFailure.NotAnEnvelope;
        uint length = BinaryPrimitives.ReadUInt32BigEndian(tail[^sizeof(uint)..]);
        if (length > SealedManifest.MaxLength || !SealedManifest.IsLength((int)length)
            || tail.Length < length + FixedLength)
            return EnvelopeFailure.FooterLength;

        var bytes = tail[^((int)length + FixedLength)..];
        var verifiers = bytes[(int)length..];
        footer = new EnvelopeFooter(
            new SealedManifest(bytes[..(int)length].ToArray()),
            new Verifier(verifiers[..Verifier.Length]),
            new Verifier(verifiers.Slice(Verifier.Length, Verifier.Length)));
        return null;
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="destination"/>.</summary>
    public void WriteTo(Span<byte> destination)
    {
        Manifest.Bytes.CopyTo(destination);
        destination = destination[Manifest.Length..];
        LinkVerifier.ToArray().CopyTo(destination);
        ClaimVerifier.ToArray().CopyTo(destination[Verifier.Length..]);
        BinaryPrimitives.WriteUInt32BigEndian(destination[(2 * Verifier.Length)..], (uint)Manifest.Length);
    }
}
