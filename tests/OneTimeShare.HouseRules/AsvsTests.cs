using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.HouseRules;

/// <summary>The page that says which test shows which point of the ASVS names tests that there are.</summary>
public sealed partial class AsvsTests
{
    private static readonly ILookup<string, string> Tests = Repository.Files
        .Where(file => file.Path.StartsWith("tests/") && file.Path.EndsWith(".cs"))
        .SelectMany(file => Method().Matches(file.Text).Select(method => (file.Path, Name: method.Groups[1].Value)))
        .ToLookup(test => Path.GetFileNameWithoutExtension(test.Path).Split('.')[0], test => test.Name);

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        string page = Repository.Files.Single(file => file.Path == "docs/asvs.md").Text;
        Assert.True(Named().Count(page) > 80);
        Assert.Empty(Missing(page));
    }

    [Fact]
    public void Every_chapter_is_there()
    {
        string page = Repository.Files.Single(file => file.Path == "docs/asvs.md").Text;
        Assert.Equal(
            Enumerable.Range(1, 17), Chapter().Matches(page).Select(match => int.Parse(match.Groups[1].Value)));
    }

    [Fact]
    public void A_test_that_does_not_exist_is_found() =>
        Assert.Equal(["AsvsTests.No_such_test", "NoTests.Every_chapter_is_there"], Missing(
            "`AsvsTests.Every_chapter_is_there`, `AsvsTests.No_such_test`, `NoTests.Every_chapter_is_there`"));

    private static IEnumerable<string> Missing(string page) =>
        from match in Named().Matches(page)
        let type = match.Groups[1].Value
        where !Of(type).Contains(match.Groups[2].Value)
        select $"{type}.{match.Groups[2].Value}";

    // What every store must promise is stated once, and each has a class of its own.
    private static IEnumerable<string> Of(string type) =>
        type.EndsWith("ShareStoreTests") ? Tests[type].Concat(Tests["ShareStoreContract"]) : Tests[type];

    [GeneratedRegex(@"`([A-Z]\w+Tests)\.([A-Z]\w+)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:async )?(?:Task|ValueTask|void) ([A-Z]\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex(@"^## V(\d+) ", RegexOptions.Multiline)]
    private static partial Regex Chapter();
}
