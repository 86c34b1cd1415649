namespace OneTimeShare.Vectors;

/// <summary>Names as a hostile sender writes them, and what a reader saves under.</summary>
internal static class NameVectors
{
    public static IEnumerable<Vector> All()
    {
        yield return Named("names-path", "The last component counts, whichever slash.",
            ("/etc/passwd", "passwd"), ("..\\..\\evil.exe", "evil.exe"), ("a/b\\c.txt", "c.txt"),
            ("a\\b/d.txt", "d.txt"));
        yield return Named("names-empty", "What leaves nothing is called file, and numbered like any other.",
            ("", "file"), (".", "file (2)"), ("..", "file (3)"), ("dir/", "file (4)"), ("a/..", "file (5)"),
            (".\u0000.", "file (6)"), ("\u202e", "file (7)"));
        yield return Named("names-control", "Control characters and line separators are dropped.",
            ("a\u0000b\r\n\t.txt", "ab.txt"), ("\u001b[31mred\u007f\u0085\u009f", "[31mred"),
            ("l\u2028i\u2029ne", "line"));
        yield return Named("names-bidirectional", "Bidirectional characters are dropped, so that no end is faked.",
            ("invoice\u202efdp.exe", "invoicefdp.exe"),
            ("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u2066\u2067\u2068\u2069x", "x"));
        yield return Named("names-duplicate",
            "Duplicates are numbered before the extension, past numbers that are taken.",
            ("b.txt", "b.txt"), ("b (2).txt", "b (2).txt"), ("b.txt", "b (3).txt"), ("x/b.txt", "b (4).txt"),
            (".env", ".env"), (".env", ".env (2)"), ("a.tar.gz", "a.tar.gz"), ("a.tar.gz", "a.tar (2).gz"),
            ("B.txt", "B.txt"));
        yield return Named("names-kept", "What is no danger stays: spaces, accents, emoji, markup, dots.",
            (" a b ", " a b "), ("\u00fcber \u65e5\u672c \ud83d\ude00.txt", "\u00fcber \u65e5\u672c \ud83d\ude00.txt"),
            ("<img src=x>.svg", "<img src=x>.svg"), ("...", "..."), ("e\u0301", "e\u0301"), ("\u00e9", "\u00e9"));
    }

    private static Vector Named(string name, string about, params (string Name, string Safe)[] names) =>
        new Draft(name, about)
            .Seal([.. names.Select((n, i) => new Plain(n.Name, [(byte)('a' + i)], Safe: n.Safe))])
            .Opens();
}
