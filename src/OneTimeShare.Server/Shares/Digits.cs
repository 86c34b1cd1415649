using System.Globalization;

namespace OneTimeShare.Server.Shares;

/// <summary>A number as strangers and operators write it: in digits, and nothing else.</summary>
internal static class Digits
{
    /// <summary>False for everything but digits, for none of them, and beyond 2^63 - 1.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        // The base library's parser takes zero bytes behind a number.
        return !text.ContainsAnyExceptInRange('0', '9')
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
