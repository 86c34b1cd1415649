using System.Globalization;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>The chunked transfer coding, of answers that fit in a buffer.</summary>
internal static class ChunkedBody
{
    private const int LineEnd = 2;

    /// <summary>False, with nothing changed, where the last chunk is not there yet; else the chunks are moved
    /// together.</summary>
    public static bool TryDecode(Span<byte> body, out int length)
    {
        length = 0;
        if (!body.EndsWith("\r\n0\r\n\r\n"u8) && !body.SequenceEqual("0\r\n\r\n"u8))
            return false;
        int at = 0;
        while (true)
        {
            int digits = body[at..].IndexOf("\r\n"u8);
            int chunk = int.Parse(
                body.Slice(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (chunk == 0)
                return true;
            at += digits + LineEnd;
            body.Slice(at, chunk).CopyTo(body[length..]);
            length += chunk;
            at += chunk + LineEnd;
        }
    }
}
