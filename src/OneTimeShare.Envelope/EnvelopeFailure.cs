namespace OneTimeShare.Envelope;

/// <summary>
/// Why an envelope, or a link to one, is refused. The vectors, the TypeScript and the command line use the same names.
/// </summary>
public enum EnvelopeFailure
{
    /// <summary>The link key is not 32 bytes in canonical base64url.</summary>
    MalformedLinkKey,

    /// <summary>The passphrase is longer than 1,024 bytes or not valid Unicode.</summary>
    MalformedPassphrase,

    /// <summary>Too short, or the magic is another.</summary>
    NotAnEnvelope,

    /// <summary>A suite that this version does not know.</summary>
    UnknownSuite,

    /// <summary>A key derivation that this version does not know.</summary>
    UnknownKdf,

    /// <summary>The reserved bytes of the header are not zero.</summary>
    ReservedNotZero,

    /// <summary>The length of the manifest is out of its bounds, or more than there is.</summary>
    FooterLength,

    /// <summary>The link key is not the one that this was sealed with.</summary>
    WrongLinkKey,

    /// <summary>There is a passphrase and none was given.</summary>
    PassphraseRequired,

    /// <summary>The passphrase is not the one that this was sealed with, or the header was changed.</summary>
    WrongPassphrase,

    /// <summary>The manifest does not authenticate.</summary>
    ManifestTampered,

    /// <summary>The manifest authenticates but is not one: no JSON, no file, a name or a size that cannot be.</summary>
    ManifestMalformed,

    /// <summary>The length of the records is not that of the manifest's sizes, padded and sealed.</summary>
    RecordsLength,

    /// <summary>A record does not authenticate: changed, of another envelope, or in another place.</summary>
    RecordTampered,

    /// <summary>The records end before the last one.</summary>
    RecordsTruncated,

    /// <summary>Something follows the last record.</summary>
    TrailingBytes,

    /// <summary>The padding is not zero.</summary>
    PaddingNotZero,
}
