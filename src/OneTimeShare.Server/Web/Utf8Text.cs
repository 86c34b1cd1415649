using System.Text;

namespace OneTimeShare.Server.Web;

/// <summary>Text as people send it to the doors: what is no UTF-8 is refused, and not taken for another text.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <returns>Null where it is no UTF-8.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
