using System.Globalization;
using CsCheck;

namespace OneTimeShare.Envelope.Tests;

public sealed class FileNamesTests
{
    private static readonly Gen<string> Hostile = Gen.OneOf(
        Gen.OneOf(
            'a', 'B', '.', '/', '\\', ' ', '(', '2', ')', '\0', '\n', '\u007f', '\u009f', '\u2028', '\u061c', '\u200e',
            '\u202e', '\u2066', '\u2069', '\ud800', '\udc00', '\u0301').Array[0, 8].Select(c => new string(c)),
        Gen.OneOf("b.txt", "b (2).txt", "b (3).txt", "x/b.txt", ".env", "", "file", "file (2)"),
        Gen.String);

    [Fact]
    public void Whatever_the_names_each_file_gets_one_of_its_own_that_is_safe_to_save_under() =>
        Hostile.Array[1, 30].Sample(
            names =>
            {
                var safe = FileNames.Safe(
                    new Manifest([.. names.Select(n => new ManifestFile(n, "", 0))], Text: false));

                Assert.Equal(names.Length, safe.Count);
                Assert.Equal(safe.Count, safe.Distinct(StringComparer.Ordinal).Count());
                Assert.All(safe, name => Assert.True(IsSafe(name), name));
            },
            iter: 5000);

    [Fact]
    public void A_clean_name_stays_as_it_is() =>
        Hostile.Sample(name => FileNames.Clean(FileNames.Clean(name)) == FileNames.Clean(name), iter: 5000);

    [Fact]
    public void Of_a_plain_name_that_is_there_once_nothing_changes() =>
        Gen.OneOf("a", "b c", "\u00fc.txt", "\ud83d\ude00", "...", ".env", "e\u0301")
            .Sample(name => FileNames.Clean(name) == name);

    [Fact]
    public void Two_thousand_files_of_one_name_are_numbered_in_order()
    {
        var safe = FileNames.Safe(new Manifest(
            [.. Enumerable.Repeat(new ManifestFile("b.txt", "", 0), 2000)], Text: false));

        Assert.Equal("b.txt", safe[0]);
        Assert.Equal("b (2).txt", safe[1]);
        Assert.Equal("b (2000).txt", safe[^1]);
    }

    private static bool IsSafe(string name) =>
        name is not ("" or "." or "..")
        && !name.Any(c => c is '/' or '\\' or '\u061c' or '\u200e' or '\u200f'
            or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
            || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
        && Sealing.Utf8(name).Length > 0;
}
