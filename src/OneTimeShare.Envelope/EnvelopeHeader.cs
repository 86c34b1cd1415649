using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>How a passphrase is stretched; the number is the header's byte 5.</summary>
public enum Kdf : byte
{
    /// <summary>No passphrase.</summary>
    None = 0,

    /// <summary>Argon2id v1.3 (RFC 9106) with 65,536 KiB, 3 passes, 1 lane.</summary>
    Argon2id = 1,
}

/// <summary>The first 24 bytes of an envelope: magic, suite, kdf, two zero bytes, salt.</summary>
public sealed class EnvelopeHeader
{
    /// <summary>24 bytes.</summary>
    public const int Length = 24;

    /// <summary>16 bytes at the header's end.</summary>
    public const int SaltLength = 16;

    private const byte Suite = 1;
    private readonly byte[] _bytes;
    private bool _sealed;

    private EnvelopeHeader(byte[] bytes, bool isSealed) => (_bytes, _sealed) = (bytes, isSealed);

    private static ReadOnlySpan<byte> Magic => "OTS1"u8;

    /// <summary>All 24 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether there is a passphrase, and how it is stretched.</summary>
    public Kdf Kdf => (Kdf)_bytes[5];

    internal ReadOnlySpan<byte> Salt => _bytes.AsSpan(Length - SaltLength);

    /// <summary>A header with a new salt, for one envelope: never seal two secrets under one header.</summary>
    public static EnvelopeHeader Create(Kdf kdf)
    {
        Span<byte> salt = stackalloc byte[SaltLength];
        RandomNumberGenerator.Fill(salt);
        return WithSalt(kdf, salt);
    }

    /// <summary>With a salt that is known beforehand, for vectors and tests only.</summary>
    internal static EnvelopeHeader WithSalt(Kdf kdf, ReadOnlySpan<byte> salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((byte)kdf, (byte)Kdf.Argon2id, nameof(kdf));
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        bytes[4] = Suite;
        bytes[5] = (byte)kdf;
        salt.CopyTo(bytes.AsSpan(Length - SaltLength));
        return new EnvelopeHeader(bytes, isSealed: false);
    }

    /// <summary>
    /// Gives the header away to one envelope. The nonces begin at zero under every header, so a second envelope under
    /// this one would repeat them, and a header that was read has sealed its envelope already.
    /// </summary>
    /// <exception cref="InvalidOperationException">It has sealed one.</exception>
    internal void BeginSealing()
    {
        if (Interlocked.Exchange(ref _sealed, true))
            throw new InvalidOperationException("This header has sealed an envelope: create another.");
    }

    /// <summary>
    /// Reads the first 24 bytes of <paramref name="envelope"/>; null and the header, or why it is none. Every value
    /// that this version does not know is refused, so that nobody can turn a cost or a length up or down.
    /// </summary>
    public static EnvelopeFailure? Read(ReadOnlySpan<byte> envelope, out EnvelopeHeader? header)
    {
        header = null;
        if (envelope.Length < Length || !envelope.StartsWith(Magic))
            return EnvelopeFailure.NotAnEnvelope;
        if (envelope[4] != Suite)
            return EnvelopeFailure.UnknownSuite;
        if (envelope[5] > (byte)Kdf.Argon2id)
            return EnvelopeFailure.UnknownKdf;
        if (envelope[6] != 0 || envelope[7] != 0)
            return EnvelopeFailure.ReservedNotZero;
        header = new EnvelopeHeader(envelope[..Length].ToArray(), isSealed: true);
        return null;
    }
}
