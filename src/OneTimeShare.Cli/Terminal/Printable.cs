using System.Globalization;
using System.Text;

namespace OneTimeShare.Cli.Terminal;

/// <summary>Makes text that others wrote harmless for a terminal.</summary>
internal static class Printable
{
    /// <summary>One line: every control, format or bidirectional character is shown and not obeyed.</summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Append(line, rune, isText: false);
        return line.ToString();
    }

    /// <summary>The same, but for line ends and tabs.</summary>
    public static void AppendText(StringBuilder destination, ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            Append(destination, rune, isText: true);
    }

    private static void Append(StringBuilder destination, Rune rune, bool isText)
    {
        bool plain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
        if (plain || (isText && rune.Value is '\n' or '\t'))
            destination.Append(rune.ToString());
        else if (rune.Value == '\n')
            destination.Append("\\n");
        else if (rune.Value < 0x100)
            destination.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else
            destination.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
    }
}
