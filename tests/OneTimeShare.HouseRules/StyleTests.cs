using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace OneTimeShare.HouseRules;

public sealed class StyleTests
{
    private const int MaxColumns = 120;
    private const int MaxLines = 300;

    // In two parts, so that this file is not what they find.
    private static readonly string[] Unfinished =
        ["TO" + "DO", "FIX" + "ME", "XX" + "X", "#pragma warning " + "disable", "Suppress" + "Message",
         "Not" + "ImplementedException"];

    [Fact]
    public void A_line_of_code_has_at_most_120_columns() => Assert.Empty(Code().SelectMany(LongLines));

    [Fact]
    public void A_long_line_is_found()
    {
        Assert.Single(LongLines(new RepositoryFile("a.cs", $"{new string('é', 120)}\n{new string('x', 121)}\n")));
        Assert.Equal(["a.cs:1"], LongLines(new RepositoryFile("a.cs", new string('x', 121))));
    }

    [Fact]
    public void A_production_file_has_at_most_300_lines() =>
        Assert.Empty(Code().Where(file => file.Path.StartsWith("src/") && IsTooLong(file)).Select(file => file.Path));

    [Fact]
    public void A_long_file_is_found()
    {
        Assert.True(IsTooLong(new RepositoryFile("a.cs", string.Concat(Enumerable.Repeat("line\n", 301)))));
        Assert.False(IsTooLong(new RepositoryFile("a.cs", string.Concat(Enumerable.Repeat("line\n", 300)))));
    }

    [Fact]
    public void Namespaces_are_named_in_order() =>
        Assert.Empty(Code().Where(file => !IsInOrder(file)).Select(file => file.Path));

    [Fact]
    public void A_namespace_out_of_order_is_found()
    {
        bool Holds(string text) => IsInOrder(new RepositoryFile("a.cs", text));
        Assert.True(Holds("using System;\nusing System.Net;\nusing Amazon;\nusing static System.Math;\n"));
        Assert.False(Holds("using Amazon;\nusing System;\n"));
        Assert.False(Holds("using System.Net;\nusing System.IO;\n"));
    }

    [Fact]
    public void Nothing_is_left_unfinished_or_silenced() => Assert.Empty(Code().SelectMany(UnfinishedLines));

    [Fact]
    public void Every_mark_of_something_unfinished_is_found() => Assert.All(Unfinished, mark =>
        Assert.Equal(["a.cs:2"], UnfinishedLines(new RepositoryFile("a.cs", $"fine\n    // {mark}\nfine"))));

    [Fact]
    public void An_interface_has_two_implementations_that_ship() =>
        Assert.Empty(LonelyInterfaces(Repository.Sources));

    [Fact]
    public void A_lonely_interface_is_found()
    {
        SourceFile Source(string text) => SourceFile.Parse(new RepositoryFile("src/a.cs", text));
        Assert.Equal(["IOne"], LonelyInterfaces([Source("interface IOne; class A : Base, IOne;"), Source("class B;")]));
        Assert.Empty(LonelyInterfaces(
            [Source("interface ITwo<T>; class A : ITwo<int>;"), Source("record B : N.ITwo<int>;")]));
    }

    [Fact]
    public void Undocumented_public_members_of_the_envelope_do_not_compile()
    {
        string props = Text("Directory.Build.props");
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props);
        Assert.Contains("<GenerateDocumentationFile>true</GenerateDocumentationFile>", props);
        Assert.DoesNotContain("CS1591", props);
        Assert.DoesNotContain("NoWarn", Text("src/OneTimeShare.Envelope/OneTimeShare.Envelope.csproj"));
        Assert.DoesNotContain("CS1591", Text(".editorconfig"));
    }

    private static string Text(string path) => Repository.Files.Single(file => file.Path == path).Text;

    private static IEnumerable<RepositoryFile> Code() => Repository.Files.Where(file =>
        Path.GetExtension(file.Path) is ".cs" or ".cshtml" or ".ts" or ".mjs" or ".scss" or ".css" or ".csproj"
            or ".props" or ".targets"
        || file.Path.StartsWith("scripts/") || file.Path.StartsWith(".ci/"));

    // The system's first.
    private static bool IsInOrder(RepositoryFile file)
    {
        string[] names = [.. file.Lines.Select(line => line.Split(' ') is ["using", [.. var name, ';']] ? name : "")
            .Where(name => name.Length > 0)];
        return names.SequenceEqual(names.OrderByDescending(name => name.Split('.')[0] == "System")
            .ThenBy(name => name, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> LongLines(RepositoryFile file) =>
        LinesWhere(file, line => line.Length > MaxColumns);

    private static bool IsTooLong(RepositoryFile file) => file.Text.TrimEnd('\n').Split('\n').Length > MaxLines;

    private static IEnumerable<string> UnfinishedLines(RepositoryFile file) =>
        LinesWhere(file, line => Unfinished.Any(line.Contains));

    private static IEnumerable<string> LinesWhere(RepositoryFile file, Func<string, bool> holds) =>
        file.Lines.Index().Where(line => holds(line.Item)).Select(line => $"{file.Path}:{line.Index + 1}");

    private static IEnumerable<string> LonelyInterfaces(IReadOnlyList<SourceFile> sources)
    {
        var implemented = sources.SelectMany(source => source.Root.DescendantNodes().OfType<TypeDeclarationSyntax>())
            .Where(type => type is not InterfaceDeclarationSyntax)
            .SelectMany(type => type.BaseList?.Types.Select(named => LastName(named.Type)) ?? [])
            .CountBy(name => name).ToDictionary();
        return sources.SelectMany(source => source.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>())
            .Select(type => type.Identifier.Text).Where(name => implemented.GetValueOrDefault(name) < 2);
    }

    private static string LastName(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => type.ToString(),
    };
}
