using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OneTimeShare.HouseRules;

/// <summary>What a C# file declares and mentions, by its syntax: comments and strings do not count.</summary>
internal sealed class SourceFile
{
    private SourceFile(RepositoryFile file, SyntaxNode root)
    {
        File = file;
        Root = root;
        Declares = [.. root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text)];
        Mentions = [.. root.DescendantNodes().OfType<NameSyntax>().Where(StandsForItself).Select(Text),
            .. root.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Select(Text)];
    }

    public RepositoryFile File { get; }

    public SyntaxNode Root { get; }

    /// <summary>The names of its types.</summary>
    public HashSet<string> Declares { get; }

    /// <summary>Names that may be a type's or a namespace's, alone and with all that is dotted to them.</summary>
    public HashSet<string> Mentions { get; }

    /// <summary>Which library, or which folder of the server: Envelope, Shares, Stores; empty at a root.</summary>
    public string Area => File.Path.Split('/') switch
    {
        ["src", "OneTimeShare.Server", var folder, _, ..] => folder,
        ["src", "OneTimeShare.Server", _] => "",
        ["src", var project, ..] => project["OneTimeShare.".Length..],
        _ => "",
    };

    public static SourceFile Parse(RepositoryFile file) => new(file, CSharpSyntaxTree.ParseText(file.Text).GetRoot());

    /// <summary>Not a member of something, a label, or a namespace being declared.</summary>
    private static bool StandsForItself(NameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        NameColonSyntax or NameEqualsSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => !name.Ancestors().Any(ancestor =>
            ancestor is BaseNamespaceDeclarationSyntax space && space.Name.Span.Contains(name.Span)),
    };

    private static string Text(SyntaxNode node) => node switch
    {
        GenericNameSyntax generic => generic.Identifier.Text,
        _ => string.Concat(node.ToString().Where(character => !char.IsWhiteSpace(character))).Replace("global::", ""),
    };
}
