using Microsoft.Net.Http.Headers;

namespace OneTimeShare.Server.Doors;

/// <summary>The name of a file as its sender knows it, from the way that forms spell it.</summary>
internal static class MultipartFileName
{
    /// <summary>Empty where there is none.</summary>
    public static string Of(ContentDispositionHeaderValue disposition)
    {
        if (ExtendedName(disposition) is { } name)
            return name;
        // The form's own escapes (WHATWG, "multipart form data"), and only these: a % may well be part of a name.
        return Unescape(disposition.FileName.ToString())
            .Replace("%22", "\"", StringComparison.Ordinal)
            .Replace("%0D", "\r", StringComparison.OrdinalIgnoreCase)
            .Replace("%0A", "\n", StringComparison.OrdinalIgnoreCase);
    }

    // RFC 8187 in UTF-8, which is all that it asks for. The framework's own reading of it throws, where it has no value
    // or is in an encoding that this system has not.
    private static string? ExtendedName(ContentDispositionHeaderValue disposition)
    {
        const string utf8 = "UTF-8'";
        foreach (var parameter in disposition.Parameters)
        {
            if (!parameter.Name.Equals("filename*", StringComparison.OrdinalIgnoreCase)
                || !parameter.Value.StartsWith(utf8, StringComparison.OrdinalIgnoreCase))
                continue;
            int language = parameter.Value.IndexOf('\'', utf8.Length);
            if (language >= 0)
                return Uri.UnescapeDataString(parameter.Value.Substring(language + 1));
        }
        return null;
    }

    /// <summary>Older curls write <c>\"</c>; browsers write a backslash as it is, and it is then a path's.</summary>
    private static string Unescape(string text) => text
        .Replace("\\\"", "\"", StringComparison.Ordinal)
        .Replace(@"\\", @"\", StringComparison.Ordinal);
}
