using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.HouseRules;

/// <summary>What a release says of itself is cut from the changelog by a script.</summary>
public sealed partial class ReleaseNotesTests : IDisposable
{
    private static readonly string Built = BuiltVersion().Match(
        File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"))).Groups[1].Value;

    private static readonly string Sample = $"""
        # Changelog

        ## [Unreleased]

        ## [{Built}] - 2026-01-02

        ### Added
        - One.

        - Two.

        ## [0.0.9]
        - Old.

        [{Built}]: https://example.org
        """;

    private readonly string _changelog = Path.Combine(
        Directory.CreateTempSubdirectory("ots-notes-").FullName, "CHANGELOG.md");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_changelog)!, recursive: true);

    [Fact]
    public void The_notes_of_a_version_are_its_section_and_nothing_else() =>
        Assert.Equal((0, "### Added\n- One.\n\n- Two.\n"), Cut(Built, Sample));

    [Fact]
    public void A_version_without_notes_is_refused() => Assert.Equal((1, ""), Cut("Unreleased", Sample));

    [Theory]
    [InlineData("0.0.9")]
    [InlineData("0.0")]
    public void A_version_that_is_not_the_one_that_is_built_is_refused(string version) =>
        Assert.Equal((1, ""), Cut(version, Sample.Replace("0.0.9", version)));

    [Fact]
    public void There_is_something_to_say_of_what_is_built_released_or_not()
    {
        string changelog = File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md"));
        Assert.Contains(["Unreleased", Built], version => Cut(version, changelog).Said.StartsWith("### "));
    }

    private (int Status, string Said) Cut(string version, string changelog)
    {
        File.WriteAllText(_changelog, changelog);
        using var script = Process.Start(
            new ProcessStartInfo(Path.Combine(Repository.Root, "scripts/release-notes"), [version])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["CHANGELOG"] = _changelog },
            })!;
        string said = script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return (script.ExitCode, said);
    }

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex BuiltVersion();
}
