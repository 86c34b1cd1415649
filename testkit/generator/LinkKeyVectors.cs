using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>Link keys that are not the one spelling of 32 bytes, or not the right one.</summary>
internal static class LinkKeyVectors
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static IEnumerable<Vector> All()
    {
        yield return Wrong("wrong-link-key", "Another link key.", EnvelopeFailure.WrongLinkKey,
            _ => StrictBase64Url.Encode(new byte[32]));
        yield return Spelled("link-key-padded", "Padding.", key => key + "=");
        yield return Spelled("link-key-trailing-bits-1", "The lowest of the two bits to spare is set.",
            key => key[..^1] + Alphabet[Alphabet.IndexOf(key[^1], StringComparison.Ordinal) | 1]);
        yield return Spelled("link-key-trailing-bits-2", "The higher of the two bits to spare is set.",
            key => key[..^1] + Alphabet[Alphabet.IndexOf(key[^1], StringComparison.Ordinal) | 2]);
        yield return Spelled("link-key-too-short", "42 characters.", key => key[..^1]);
        yield return Spelled("link-key-too-long", "44 characters, 33 bytes.", key => key[..^1] + "AA");
        yield return Spelled("link-key-empty", "Nothing.", _ => "");
        yield return Spelled("link-key-plus", "A character of the other alphabet.", key => "+" + key[1..]);
        yield return Spelled("link-key-slash", "The other character of the other alphabet.", key => "/" + key[1..]);
        yield return Spelled("link-key-space-inside", "White space is no part of a link key.",
            key => key[..20] + " " + key[21..]);
        yield return Spelled("link-key-escaped", "A percent sign and two digits are not a character.",
            key => "%41" + key[1..]);
    }

    private static Vector Spelled(string name, string about, Func<string, string> spell) =>
        Wrong(name, about, EnvelopeFailure.MalformedLinkKey, spell);

    private static Vector Wrong(string name, string about, EnvelopeFailure failure, Func<string, string> spell)
    {
        var draft = new Draft(name, about).SealSecret();
        return draft.Fails(failure) with { LinkKey = spell(draft.LinkKey) };
    }
}
