using System.Text;

namespace OneTimeShare.Server.Doors;

/// <summary>Content-Disposition for a file of any name.</summary>
internal static class Attachment
{
    /// <summary>
    /// What file systems take, in bytes of UTF-8; a longer name is cut before its extension, since a header that a
    /// proxy refuses would cost the recipient the content.
    /// </summary>
    private const int MaxNameLength = 255;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="name">Cleaned: no path, no control characters.</param>
    public static string Header(string name)
    {
        name = Cut(name);
        // curl -J reads no filename*, so filename carries UTF-8 as it is, without what would end its quotes.
        string plain = name.Replace('"', '_').Replace('\\', '_');
        return $"attachment; filename=\"{plain}\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }

    private static string Cut(string name)
    {
        if (Utf8.GetByteCount(name) <= MaxNameLength)
            return name;
        int dot = name.LastIndexOf('.');
        string extension = dot > 0 && Utf8.GetByteCount(name.AsSpan(dot)) <= 16 ? name[dot..] : "";
        int left = MaxNameLength - Utf8.GetByteCount(extension);
        var stem = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
                break;
            stem.Append(rune.ToString());
        }
        return stem + extension;
    }
}
