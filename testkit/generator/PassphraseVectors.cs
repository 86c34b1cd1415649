using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Passphrases: right, wrong, missing, and everything that somebody might tidy up.</summary>
internal static class PassphraseVectors
{
    private const string Composed = "caf\u00e9";
    private const string Decomposed = "cafe\u0301";

    public static IEnumerable<Vector> All()
    {
        yield return Opens("passphrase", "A passphrase.", "correct horse battery staple");
        yield return Opens("passphrase-non-ascii", "Two, three and four bytes a character.",
            "p\u00e4ss \u65e5\u672c \ud83d\udd11");
        yield return Opens("passphrase-composed", "An accent in one character.", Composed);
        yield return Opens("passphrase-decomposed", "The same accent in two.", Decomposed);
        yield return Opens("passphrase-spaces", "Spaces at both ends are kept.", "  two spaces  ");
        yield return Opens("passphrase-one-byte", "The shortest.", "x");
        yield return Opens("passphrase-1024-bytes", "The longest: 512 characters of two bytes.",
            new string('\u00e9', 512));
        yield return new Draft("passphrase-needless", "A passphrase for a secret that has none is ignored.")
            .SealSecret().Opens() with
        { Passphrase = "needless" };

        yield return Fails("passphrase-wrong", "Another passphrase.", "right", "wrong",
            EnvelopeFailure.WrongPassphrase);
        yield return Fails("passphrase-not-normalized", "Composed and decomposed are two passphrases.",
            Composed, Decomposed, EnvelopeFailure.WrongPassphrase);
        yield return Fails("passphrase-not-trimmed", "With a space and without are two.",
            "horse ", "horse", EnvelopeFailure.WrongPassphrase);
        yield return Fails("passphrase-missing", "None given.", "right", null, EnvelopeFailure.PassphraseRequired);
        yield return Fails("passphrase-empty", "An empty one means none.", "right", "",
            EnvelopeFailure.PassphraseRequired);
        yield return Malformed("passphrase-1025-bytes", "One byte too many.", new string('\u00e9', 512) + "x");
        yield return Malformed("passphrase-lone-surrogate", "Not Unicode, and so without UTF-8.", "a\ud800b");
    }

    private static Vector Opens(string name, string about, string passphrase) =>
        new Draft(name, about, passphrase).SealSecret().Opens();

    private static Vector Fails(string name, string about, string right, string? given, EnvelopeFailure failure) =>
        new Draft(name, about, right).SealSecret().Fails(failure) with { Passphrase = given };

    private static Vector Malformed(string name, string about, string given) =>
        new Draft(name, about).SealSecret().Fails(EnvelopeFailure.MalformedPassphrase) with { Passphrase = given };
}
