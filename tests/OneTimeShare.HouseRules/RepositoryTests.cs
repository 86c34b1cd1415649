using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.HouseRules;

public sealed partial class RepositoryTests
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [Fact]
    public void Nothing_names_a_folder_of_somebodys_machine() =>
        Assert.Empty(Repository.Files.SelectMany(file => Matches(file, MachineFolder())));

    [Theory]
    [InlineData("/ho" + "me/ada/data")]
    [InlineData("see `/ro" + "ot/x`")]
    [InlineData("=/Us" + "ers/ada/x")]
    [InlineData("(/wo" + "rk/x)")]
    [InlineData("C:\\Us" + "ers\\ada")]
    public void A_folder_of_somebodys_machine_is_found(string text) =>
        Assert.Single(Matches(new RepositoryFile("a.md", text), MachineFolder()));

    [Theory]
    [InlineData("src/work/x")]
    [InlineData("https://host/home/x")]
    [InlineData("wwwroot/x")]
    public void Another_path_is_not(string text) =>
        Assert.Empty(Matches(new RepositoryFile("a.md", text), MachineFolder()));

    [Fact]
    public void No_package_registry_is_named_lock_files_included() =>
        Assert.Empty(Repository.Files.SelectMany(file => Matches(file, RegistryHost())));

    [Theory]
    [InlineData("https://registry.npm" + "js.org/a/-/a.tgz")]
    [InlineData("https://api.nu" + "get.org/v3/query")]
    [InlineData("\"resolved\": \"ht" + "tp://10.0.0.1:4873/a/-/a.tgz\"")]
    [InlineData("<add key=\"feed\" value=\"https://host/v3/ind" + "ex.json\" />")]
    public void A_package_registry_is_found(string text) =>
        Assert.NotEmpty(Matches(new RepositoryFile("a.json", text), RegistryHost()));

    [Fact]
    public void A_script_can_be_run_and_says_what_for()
    {
        RepositoryFile[] scripts =
            [.. Repository.Files.Where(file => file.Path.StartsWith("scripts/") || file.Path == ".ci/run")];
        Assert.True(scripts.Length >= 4);
        Assert.All(scripts, script =>
        {
            Assert.True(SaysWhatFor(script.Text), $"{script.Path} does not begin with bash and its purpose");
            Assert.True(CanBeRun(Path.Combine(Repository.Root, script.Path)), $"{script.Path} is not executable");
        });
    }

    [Theory]
    [InlineData("#!/usr/bin/env bash\nset -euo pipefail\n")]
    [InlineData("#!/usr/bin/env bash\n\n# Runs.\n")]
    [InlineData("# Runs the server.\n")]
    public void A_script_that_says_nothing_is_found(string text) => Assert.False(SaysWhatFor(text));

    [Fact]
    public void A_file_that_cannot_be_run_is_found() =>
        Assert.False(CanBeRun(Path.Combine(Repository.Root, "OneTimeShare.slnx")));

    [Fact]
    public void Every_link_between_documents_leads_to_a_file() => Assert.Empty(Documents().SelectMany(BrokenLinks));

    [Fact]
    public void A_broken_link_is_found()
    {
        const string text = "[a](README.md#x) [b](https://example.org) [c](#here) [d](no/such.md) ![e](none.png)\n"
            + "[f]: gone.md\n";
        Assert.Equal(["no/such.md", "none.png", "gone.md"],
            BrokenLinks(new RepositoryFile("CHANGELOG.md", text)).Select(link => link.Split(' ')[^1]));
        Assert.Equal(["docs/words.md in README.md"],
            BrokenLinks(new RepositoryFile("docs/words.md", "[a](README.md) [b](../README.md)"))
                .Select(link => link.Replace(" refers to", " in")));
    }

    private static IEnumerable<RepositoryFile> Documents() => Repository.Files.Where(file => file.Path.EndsWith(".md"));

    private static IEnumerable<string> Matches(RepositoryFile file, Regex pattern) =>
        file.Lines.Index().Where(line => pattern.IsMatch(line.Item)).Select(line => $"{file.Path}:{line.Index + 1}");

    private static bool SaysWhatFor(string script) => Purpose().IsMatch(script);

    private static bool CanBeRun(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) == Executable;

    private static IEnumerable<string> BrokenLinks(RepositoryFile document) =>
        from match in Link().Matches(document.Text)
        let target = match.Groups["target"].Value.Split('#')[0]
        where target != "" && !target.Contains("://") && !target.StartsWith("mailto:")
        let path = Path.Combine(Repository.Root, Path.GetDirectoryName(document.Path)!, target)
        where !File.Exists(path) && !Directory.Exists(path)
        select $"{document.Path} refers to {target}";

    [GeneratedRegex(@"(?<![\w.:/-])/(home|root|Users|work|workspace)/|[A-Z]:\\Users\\")]
    private static partial Regex MachineFolder();

    [GeneratedRegex(@"nuget\.org|npmjs\.(org|com)|deb\.debian\.org|""resolved"": ""http|/v3/index\.json")]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"\A#!/usr/bin/env bash\n# [A-Z].{10,}\n")]
    private static partial Regex Purpose();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|^\[[^\]]+\]: (?<target>\S+)", RegexOptions.Multiline)]
    private static partial Regex Link();
}
