using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// What derives from a link key, a header and a passphrase, by HKDF with SHA-256 (RFC 5869): the claim proof and the
/// keys of the manifest and of the content. Disposing zeroes them.
/// </summary>
public sealed class KeySchedule : IDisposable
{
    private const int KeyLength = 32;
    private readonly byte[] _manifestKey = GC.AllocateArray<byte>(KeyLength, pinned: true);
    private readonly byte[] _contentKey = GC.AllocateArray<byte>(KeyLength, pinned: true);

    private KeySchedule(EnvelopeHeader header) => Header = header;

    /// <summary>The header that went into the keys.</summary>
    public EnvelopeHeader Header { get; }

    /// <summary>What a recipient shows to take the share.</summary>
    public ClaimProof ClaimProof { get; private set; }

    internal ReadOnlySpan<byte> ManifestKey => _manifestKey;

    internal ReadOnlySpan<byte> ContentKey => _contentKey;

    /// <summary>What a recipient shows to learn of the share.</summary>
    public static LinkProof LinkProof(LinkKey linkKey)
    {
        Span<byte> proof = stackalloc byte[OneTimeShare.Envelope.LinkProof.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, linkKey.Bytes, proof, default, "onetimeshare/v1/link-proof"u8);
        return new LinkProof(proof);
    }

    /// <summary>
    /// Derives the keys. With a passphrase this takes 64 MiB and about 100 ms (see <see cref="Passphrase"/>).
    /// </summary>
    /// <exception cref="ArgumentException">The header wants a passphrase and there is none, or the reverse.</exception>
    public static KeySchedule Derive(LinkKey linkKey, EnvelopeHeader header, Passphrase? passphrase)
    {
        if (header.Kdf == Kdf.None != passphrase is null)
            throw new ArgumentException(
                "The passphrase is there exactly where the header says so.", nameof(passphrase));

        Span<byte> input = stackalloc byte[LinkKey.Length + Passphrase.StretchedLength];
        Span<byte> pseudoRandomKey = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> proof = stackalloc byte[OneTimeShare.Envelope.ClaimProof.Length];
        try
        {
            linkKey.Bytes.CopyTo(input);
            if (passphrase is null)
                input = input[..LinkKey.Length];
            else
                passphrase.Stretch(header.Salt, input[LinkKey.Length..]);

            HKDF.Extract(HashAlgorithmName.SHA256, input, header.Salt, pseudoRandomKey);
            var keys = new KeySchedule(header);
            Expand(pseudoRandomKey, "onetimeshare/v1/claim-proof"u8, header, proof);
            Expand(pseudoRandomKey, "onetimeshare/v1/manifest"u8, header, keys._manifestKey);
            Expand(pseudoRandomKey, "onetimeshare/v1/content"u8, header, keys._contentKey);
            keys.ClaimProof = new ClaimProof(proof);
            return keys;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(input);
            CryptographicOperations.ZeroMemory(pseudoRandomKey);
            CryptographicOperations.ZeroMemory(proof);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_manifestKey);
        CryptographicOperations.ZeroMemory(_contentKey);
    }

    private static void Expand(
        ReadOnlySpan<byte> pseudoRandomKey, ReadOnlySpan<byte> label, EnvelopeHeader header, Span<byte> destination) =>
        HKDF.Expand(HashAlgorithmName.SHA256, pseudoRandomKey, destination, [.. label, .. header.Bytes]);
}
