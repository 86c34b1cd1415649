using System.Globalization;
using System.Text;

namespace OneTimeShare.Envelope;

/// <summary>Makes of the names in a manifest, which are hostile input, names that are safe to save under.</summary>
public static class FileNames
{
    private const string Nameless = "file";

    /// <summary>
    /// One name a file, in order: the last component of a path, without control and bidirectional characters, never
    /// empty, <c>.</c> or <c>..</c>, and each different: the second <c>b.txt</c> is <c>b (2).txt</c>.
    /// </summary>
    public static IReadOnlyList<string> Safe(Manifest manifest)
    {
        var names = new List<string>(manifest.Files.Length);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in manifest.Files)
        {
            string clean = Clean(file.Name), name = clean;
            int count = counts.GetValueOrDefault(clean, 1);
            while (!taken.Add(name))
                name = Numbered(clean, ++count);
            // Remembered, so that ten thousand files of one name are not tried from two up each time.
            counts[clean] = count;
            names.Add(name);
        }
        return names;
    }

    /// <summary>The last component of a path in either slash's spelling, cleaned as <see cref="Safe"/> says.</summary>
    public static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length);
        foreach (var rune in name.AsSpan(name.LastIndexOfAny(['/', '\\']) + 1).EnumerateRunes())
        {
            if (!IsControl(rune))
                clean.Append(rune.ToString());
        }
        return clean.ToString() is var text and not ("" or "." or "..") ? text : Nameless;
    }

    private static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator
        || rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static string Numbered(string name, int number)
    {
        int dot = name.LastIndexOf('.');
        return dot <= 0 ? $"{name} ({number})" : $"{name[..dot]} ({number}){name[dot..]}";
    }
}
