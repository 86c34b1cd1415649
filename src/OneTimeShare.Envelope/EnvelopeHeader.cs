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

    private EnvelopeHeader(byte[] bytes) => _bytes = bytes;

    private static ReadOnlySpan<byte> Magic => "OTS1"u8;

    /// <summary>All 24 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether there is a passphrase, and how it is stretched.</summary>
    public Kdf Kdf => (Kdf)_bytes[5];

    internal ReadOnlySpan<byte> Salt => _bytes.AsSpan(Length - SaltLength);

    /// <summary>A header with a new salt, for one envelope: never seal two secrets under one header.</summary>
    public static EnvelopeHeader Create(Kdf kdf)
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        bytes[4] = Suite;
        bytes[5] = (byte)kdf;
        RandomNumberGenerator.Fill(bytes.AsSpan(Length - SaltLength));
        return new EnvelopeHeader(bytes);
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
        header = new EnvelopeHeader(envelope[..Length].ToArray());
        return null;
    }
}
