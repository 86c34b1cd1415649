using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>A manifest under its own key, as it lies in a footer: 272 to 65,552 bytes.</summary>
public sealed class SealedManifest
{
    /// <summary>272 bytes.</summary>
    public const int MinLength = Manifest.LengthStep + Records.TagLength;

    /// <summary>65,552 bytes.</summary>
    public const int MaxLength = Manifest.MaxLength + Records.TagLength;

    private readonly byte[] _bytes;

    /// <param name="bytes">A length that <see cref="IsLength"/> allows; not copied.</param>
    public SealedManifest(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (!IsLength(bytes.Length))
            throw new ArgumentException("No sealed manifest has this length.", nameof(bytes));
        _bytes = bytes;
    }

    /// <summary>The sealed bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The length in bytes.</summary>
    public int Length => _bytes.Length;

    // The key seals this one message and no other, so a nonce that is always the same never repeats under it.
    private static ReadOnlySpan<byte> Nonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Whether a sealed manifest can be this long.</summary>
    public static bool IsLength(int length) =>
        length is >= MinLength and <= MaxLength && (length - Records.TagLength) % Manifest.LengthStep == 0;

    /// <summary>Seals an encoded manifest.</summary>
    /// <param name="manifest">What <see cref="Manifest.TryEncode"/> made.</param>
    /// <param name="keys">The keys of this one envelope.</param>
    public static SealedManifest Seal(ReadOnlySpan<byte> manifest, KeySchedule keys)
    {
        var bytes = new byte[manifest.Length + Records.TagLength];
        using var aes = new AesGcm(keys.ManifestKey, Records.TagLength);
        aes.Encrypt(
            Nonce, manifest, bytes.AsSpan(0, manifest.Length), bytes.AsSpan(manifest.Length), keys.Header.Bytes);
        return new SealedManifest(bytes);
    }

    /// <summary>
    /// Opens it; null and the manifest, or why not. <paramref name="recordsLength"/> is the length of the sealed
    /// records, which must be the one that the manifest's sizes make.
    /// </summary>
    public EnvelopeFailure? Open(KeySchedule keys, long recordsLength, out Manifest? manifest)
    {
        manifest = null;
        var encoded = new byte[Length - Records.TagLength];
        using var aes = new AesGcm(keys.ManifestKey, Records.TagLength);
        try
        {
            var (text, tag) = (_bytes.AsMemory(0, encoded.Length), _bytes.AsMemory(encoded.Length));
            aes.Decrypt(Nonce, text.Span, tag.Span, encoded, keys.Header.Bytes);
        }
        catch (AuthenticationTagMismatchException)
        {
            return EnvelopeFailure.ManifestTampered;
        }

        if (!Manifest.TryDecode(encoded, out var decoded))
            return EnvelopeFailure.ManifestMalformed;
        if (Records.SealedLengthOf(decoded.ContentLength) != recordsLength)
            return EnvelopeFailure.RecordsLength;
        manifest = decoded;
        return null;
    }
}
