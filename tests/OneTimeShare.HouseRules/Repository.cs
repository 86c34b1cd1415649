using System.Text;

namespace OneTimeShare.HouseRules;

/// <summary>A text file of this repository, by its path from the root with forward slashes.</summary>
internal sealed record RepositoryFile(string Path, string Text)
{
    public string[] Lines => Text.Split('\n');
}

/// <summary>The files that people write: nothing that was built, restored, or made while running.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Made =
        [".git", ".vs", "bin", "obj", "node_modules", "TestResults", "artifacts", "data", "wwwroot"];

    private static readonly HashSet<string> Texts =
        [".cs", ".cshtml", ".csproj", ".slnx", ".props", ".targets", ".json", ".md", ".txt", ".ts", ".mjs", ".css",
         ".scss", ".html", ".yml", ".yaml", ".sh", ".lua", ".sql", ".editorconfig", ".gitattributes", ".gitignore", ""];

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<RepositoryFile> Files { get; } = [.. Read(Root)];

    /// <summary>The C# that ships.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
        [.. Files.Where(file => file.Path.StartsWith("src/") && file.Path.EndsWith(".cs")).Select(SourceFile.Parse)];

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("These tests run from inside the repository.");
    }

    private static IEnumerable<RepositoryFile> Read(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder))
        {
            if (Texts.Contains(Path.GetExtension(path)))
                yield return new RepositoryFile(Path.GetRelativePath(Root, path), File.ReadAllText(path, StrictUtf8));
        }
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            foreach (var file in Made.Contains(Path.GetFileName(inner)) ? [] : Read(inner))
                yield return file;
        }
    }
}
