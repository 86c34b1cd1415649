using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Each byte of the header changed, and values that no version knows.</summary>
internal static class HeaderVectors
{
    public static IEnumerable<Vector> All()
    {
        for (int i = 0; i < EnvelopeHeader.Length; i++)
            yield return Changed($"header-byte-{i:00}-flipped", $"The lowest bit of header byte {i} is flipped.", i);

        yield return Set("header-suite-0", "No suite is 0.", 4, 0, EnvelopeFailure.UnknownSuite);
        yield return Set("header-suite-2", "A suite of a later version.", 4, 2, EnvelopeFailure.UnknownSuite);
        yield return Set("header-kdf-2", "A kdf of a later version.", 5, 2, EnvelopeFailure.UnknownKdf);
        yield return Set("header-kdf-255", "The highest kdf.", 5, 255, EnvelopeFailure.UnknownKdf);
        yield return Set("header-magic-ots2", "Another magic.", 3, (byte)'2', EnvelopeFailure.NotAnEnvelope);
        yield return Set("header-kdf-added", "A kdf where none was, and a passphrase given.", 5, 1,
            EnvelopeFailure.WrongPassphrase) with
        { Passphrase = "anything" };

        var weakened = new Draft(
            "header-kdf-removed", "The kdf taken away: the passphrase does not become needless.", "right")
            .SealSecret();
        weakened.Header[5] = 0;
        yield return weakened.Fails(EnvelopeFailure.WrongPassphrase);
    }

    private static Vector Changed(string name, string about, int index)
    {
        var draft = new Draft(name, about).SealSecret();
        draft.Header[index] ^= 1;
        return draft.Fails(index switch
        {
            < 4 => EnvelopeFailure.NotAnEnvelope,
            4 => EnvelopeFailure.UnknownSuite,
            5 => EnvelopeFailure.PassphraseRequired,
            6 or 7 => EnvelopeFailure.ReservedNotZero,
            _ => EnvelopeFailure.WrongPassphrase,
        });
    }

    private static Vector Set(string name, string about, int index, byte value, EnvelopeFailure failure)
    {
        var draft = new Draft(name, about).SealSecret();
        draft.Header[index] = value;
        return draft.Fails(failure);
    }
}
