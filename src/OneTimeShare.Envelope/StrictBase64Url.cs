using System.Buffers;
using System.Buffers.Text;

namespace OneTimeShare.Envelope;

/// <summary>
/// Base64url without padding (RFC 4648 section 5) in its one canonical form: every byte string has exactly one text.
/// </summary>
public static class StrictBase64Url
{
    private const string Characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Characters);

    /// <summary>The text of <paramref name="bytes"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>
    /// Fills <paramref name="destination"/> from <paramref name="text"/>. False, with the destination's content
    /// undefined, where the text is not the canonical form of exactly that many bytes: padding, white space, another
    /// alphabet, another length, trailing bits that are not zero.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        // The alphabet is checked first because the base library skips white space and takes padding.
        if (text.Length != Base64Url.GetEncodedLength(destination.Length) || text.ContainsAnyExcept(Alphabet))
            return false;

        // It also throws, or forgives, where the last, incomplete group has spare bits that are not zero. They are
        // the low four bits of the last character where it carries one byte, the low two where it carries two.
        int spare = (destination.Length % 3) switch { 1 => 0b1111, 2 => 0b11, _ => 0 };
        if (spare != 0 && (Characters.IndexOf(text[^1]) & spare) != 0)
            return false;
        return Base64Url.TryDecodeFromChars(text, destination, out int written) && written == destination.Length;
    }

    /// <summary>As the other, for a byte string of any length; null where the text is not canonical.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 4 == 1)
            return null;
        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        return TryDecode(text, bytes) ? bytes : null;
    }
}
