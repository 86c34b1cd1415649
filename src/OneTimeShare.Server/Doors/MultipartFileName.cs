using Microsoft.Net.Http.Headers;

namespace OneTimeShare.Server.Doors;

/// <summary>The name of a file as its sender knows it, from the way that forms spell it.</summary>
internal static class MultipartFileName
{
    /// <summary>Empty where there is none.</summary>
    public static string Of(ContentDispositionHeaderValue disposition)
    {
        if (HasExtendedName(disposition) && disposition.FileNameStar.HasValue)
            return disposition.FileNameStar.ToString();
        // The form's own escapes (WHATWG, "multipart form data"), and only these: a % may well be part of a name.
        return Unescape(disposition.FileName.ToString())
            .Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase)
            .Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase);
    }

    // The parser takes one without a value, which its property then cannot read.
    private static bool HasExtendedName(ContentDispositionHeaderValue disposition)
    {
        foreach (var parameter in disposition.Parameters)
        {
            if (parameter.Name.Equals("filename*", StringComparison.OrdinalIgnoreCase))
                return parameter.Value.HasValue;
        }
        return false;
    }

    /// <summary>Older curls write <c>\"</c>; browsers write a backslash as it is, and it is then a path's.</summary>
    private static string Unescape(string text) => text
        .Replace("\\\"", "\"", StringComparison.Ordinal)
        .Replace(@"\\", @"\", StringComparison.Ordinal);
}
