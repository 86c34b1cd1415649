namespace OneTimeShare.Envelope;

/// <summary>
/// Opens a whole envelope, as a file or a vector holds it: header, verifiers and manifest at once, the content by
/// <see cref="Content"/>. Disposing zeroes the keys.
/// </summary>
public sealed class EnvelopeReader : IDisposable
{
    private readonly KeySchedule _keys;

    private EnvelopeReader(KeySchedule keys, Manifest manifest, ContentReader content)
    {
        _keys = keys;
        Manifest = manifest;
        Content = content;
    }

    /// <summary>What is in it.</summary>
    public Manifest Manifest { get; }

    /// <summary>The files' bytes.</summary>
    public ContentReader Content { get; }

    /// <summary>
    /// Opens <paramref name="envelope"/>, a seekable stream that is read as a whole; null and a reader, or why not.
    /// Both verifiers are checked before anything is opened, which commits the envelope to its key and passphrase.
    /// </summary>
    /// <param name="envelope">Not disposed.</param>
    /// <param name="linkKey">From the link's fragment.</param>
    /// <param name="passphrase">Ignored where the envelope has none.</param>
    /// <param name="reader">What reads it.</param>
    public static EnvelopeFailure? Open(
        Stream envelope, LinkKey linkKey, Passphrase? passphrase, out EnvelopeReader? reader)
    {
        reader = null;
        if (ReadEnds(envelope, out var header, out var footer, out long recordsLength) is { } malformed)
            return malformed;
        if (KeySchedule.LinkProof(linkKey).Verifier != footer!.LinkVerifier)
            return EnvelopeFailure.WrongLinkKey;
        if (header!.Kdf != Kdf.None && passphrase is null)
            return EnvelopeFailure.PassphraseRequired;

        var keys = KeySchedule.Derive(linkKey, header, header.Kdf == Kdf.None ? null : passphrase);
        var failure = Open(keys, footer, recordsLength, out var manifest);
        if (failure is not null)
        {
            keys.Dispose();
            return failure;
        }
        envelope.Position = EnvelopeHeader.Length;
        reader = new EnvelopeReader(
            keys, manifest!, new ContentReader(new LengthLimitedStream(envelope, recordsLength), keys, manifest!));
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _keys.Dispose();
    }

    private static EnvelopeFailure? Open(
        KeySchedule keys, EnvelopeFooter footer, long recordsLength, out Manifest? manifest)
    {
        manifest = null;
        return keys.ClaimProof.Verifier != footer.ClaimVerifier
            ? EnvelopeFailure.WrongPassphrase
            : footer.Manifest.Open(keys, recordsLength, out manifest);
    }

    private static EnvelopeFailure? ReadEnds(
        Stream envelope, out EnvelopeHeader? header, out EnvelopeFooter? footer, out long recordsLength)
    {
        (header, footer, recordsLength) = (null, null, 0);
        Span<byte> start = stackalloc byte[EnvelopeHeader.Length];
        envelope.Position = 0;
        int read = envelope.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (EnvelopeHeader.Read(start[..read], out header) is { } failure)
            return failure;

        var tail = new byte[Math.Min(EnvelopeFooter.MaxLength, envelope.Length - EnvelopeHeader.Length)];
        envelope.Position = envelope.Length - tail.Length;
        envelope.ReadExactly(tail);
        if (EnvelopeFooter.Read(tail, out footer) is { } malformed)
            return malformed;
        recordsLength = envelope.Length - EnvelopeHeader.Length - footer!.Length;
        return null;
    }
}
