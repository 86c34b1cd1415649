using System.Xml.Linq;
using Xunit;

namespace OneTimeShare.HouseRules;

public sealed class WhoMayKnowWhomTests
{
    public static TheoryData<string> Areas => [.. Acquaintance.All.Select(acquaintance => acquaintance.Area)];

    [Theory, MemberData(nameof(Areas))]
    public void An_area_knows_only_what_it_may(string area) => Assert.Empty(Of(area).Violations(Repository.Sources));

    [Theory]
    [InlineData("Shares", "using OneTimeShare.Server.Stores;")]
    [InlineData("Shares", "using Microsoft.Data.Sqlite;")]
    [InlineData("Shares", "class C { Microsoft.Data.Sqlite.SqliteConnection? field; }")]
    [InlineData("Shares", "class C { void M() => Stores.SampleStore.Open(); }")]
    [InlineData("Shares", "class C { SampleStore? field; }")]
    [InlineData("Shares", "class C { LinkKey field; }")]
    [InlineData("Shares", "class C { object M() => global::OneTimeShare.Server.Doors.Door.Open(); }")]
    [InlineData("Blobs", "class C { System.Collections.Generic.List<SampleStore>? field; }")]
    [InlineData("Stores", "class C { void M(HttpContext context) { } }")]
    [InlineData("Stores", "using static Microsoft.AspNetCore.Http.StatusCodes;")]
    [InlineData("Client", "using OneTimeShare.Server.Shares;")]
    [InlineData("Client", "class C { OneTimeShare.Cli.ExitCode field; }")]
    [InlineData("Client", "class C { void M() => System.Console.WriteLine(); }")]
    [InlineData("Cli", "using OneTimeShare.Server;")]
    public void A_file_that_knows_more_is_found(string area, string text) =>
        Assert.NotEmpty(Of(area).Violations([Source(area, text), Source("Stores", "class SampleStore { }", "Sample")]));

    [Theory]
    [InlineData("Shares", "// not Microsoft.Data.Sqlite\nclass C { string s = \"LinkKey\"; }")]
    [InlineData("Shares", "class C { object M(C c) => c.Passphrase; object Passphrase => this; }")]
    [InlineData("Shares", "class C { object M(C c) => c is { SampleStore: 1 }; int SampleStore => 1; }")]
    [InlineData("Stores", "namespace OneTimeShare.Server.Stores; class C : SampleStore;")]
    public void A_file_that_only_sounds_like_it_is_not(string area, string text) =>
        Assert.Empty(Of(area).Violations([Source(area, text), Source("Stores", "class SampleStore { }", "Sample")]));

    [Fact]
    public void Every_folder_of_the_server_is_an_area_with_a_rule()
    {
        var folders = Repository.Sources.Select(source => source.Area).Distinct().Except(["", "Settings"]);
        Assert.Empty(folders.Except(Acquaintance.All.Select(acquaintance => acquaintance.Area)));
    }

    [Fact]
    public void A_file_is_in_the_namespace_of_its_folder() => Assert.Empty(
        from source in Repository.Sources
        where source.Area != "" && !IsInItsNamespace(source)
        select source.File.Path);

    [Fact]
    public void A_file_in_another_namespace_is_found() =>
        Assert.False(IsInItsNamespace(Source("Shares", "namespace OneTimeShare.Server.Stores;")));

    [Fact]
    public void Only_the_settings_read_configuration() => Assert.Empty(
        from source in Repository.Sources
        where source.Area is not ("" or "Settings") && ReadsConfiguration(source)
            && source.File.Path != "src/OneTimeShare.Cli/Surroundings.cs"
        select source.File.Path);

    [Theory]
    [InlineData("class C(IConfiguration configuration) { }")]
    [InlineData("class C { object? M() => Environment.GetEnvironmentVariable(\"OTS_DATA\"); }")]
    public void A_file_that_reads_configuration_is_found(string text) =>
        Assert.True(ReadsConfiguration(Source("Shares", text)));

    [Theory]
    [InlineData("Envelope", "")]
    [InlineData("Server", "Envelope")]
    [InlineData("Client", "Envelope")]
    [InlineData("Cli", "Client Envelope")]
    public void A_project_refers_to_what_it_may(string project, string allowed)
    {
        var projects = Repository.Files.Where(
            file => file.Path.StartsWith($"src/OneTimeShare.{project}/") && file.Path.EndsWith(".csproj"));
        Assert.Empty(projects.SelectMany(file => ProjectReferences(file.Text)).Except(allowed.Split(' ')));
    }

    [Fact]
    public void A_project_reference_is_found() => Assert.Equal(["Server"], ProjectReferences(
        """
        <Project>
          <ItemGroup><ProjectReference Include="..\OneTimeShare.Server\OneTimeShare.Server.csproj" /></ItemGroup>
        </Project>
        """));

    private static Acquaintance Of(string area) => Acquaintance.All.Single(acquaintance => acquaintance.Area == area);

    private static SourceFile Source(string area, string text, string name = "Tested") =>
        SourceFile.Parse(new RepositoryFile($"src/OneTimeShare.Server/{area}/{name}.cs", text));

    private static bool IsInItsNamespace(SourceFile source)
    {
        string[] path = source.File.Path.Split('/');
        return source.File.Text.Contains($"namespace {string.Join('.', path[1..^1])};");
    }

    private static bool ReadsConfiguration(SourceFile source) => source.Mentions.Any(mention =>
        mention is "IConfiguration" or "IConfigurationRoot" or "ConfigurationManager"
        || mention.EndsWith("GetEnvironmentVariable", StringComparison.Ordinal)
        || mention.EndsWith("GetEnvironmentVariables", StringComparison.Ordinal));

    private static IEnumerable<string> ProjectReferences(string project) =>
        from reference in XDocument.Parse(project).Descendants("ProjectReference")
        let path = reference.Attribute("Include")!.Value
        select path.Split('/', '\\')[^1]["OneTimeShare.".Length..^".csproj".Length];
}
