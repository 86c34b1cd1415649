using System.Buffers;
using System.Buffers.Text;

namespace OneTimeShare.Envelope;

/// <summary>
/// Base64url without padding (RFC 4648 section 5) in its one canonical form: every byte string has exactly one text.
/// </summary>
public static class StrictBase64Url
{
    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

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
        if (!Base64Url.TryDecodeFromChars(text, destination, out int written) || written != destination.Length)
            return false;

        // Only the last, incomplete group has bits to spare: where it encodes to the same text, they are zero.
        int tail = destination.Length % 3;
        if (tail == 0)
            return true;
        Span<char> canonical = stackalloc char[tail + 1];
        Base64Url.EncodeToChars(destination[^tail..], canonical);
        return text.EndsWith(canonical, StringComparison.Ordinal);
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
