using System.Security.Cryptography;

namespace OneTimeShare.Fuzz;

/// <summary>The inputs that are kept, a file each, named for what is in it.</summary>
internal static class Corpus
{
    private static readonly string Root = FindRoot();

    public static string FolderOf(string target) => Path.Combine(Root, "tests/OneTimeShare.Fuzz/Corpus", target);

    /// <summary>What the pages have to say of each of them, a line each in the order of their names.</summary>
    public static string VerdictsOf(string target) => Path.Combine(FolderOf(target), "verdicts.txt");

    public static string Findings => Directory.CreateDirectory(Path.Combine(Root, "artifacts/fuzz/findings")).FullName;

    public static string Vectors => Path.Combine(Root, "testkit/vectors");

    public static IReadOnlyList<byte[]> Read(string target) => !Directory.Exists(FolderOf(target)) ? [] :
        [.. Directory.EnumerateFiles(FolderOf(target), "*.input").Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)];

    public static string Write(string folder, byte[] input)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(input))[..16];
        string path = Path.Combine(Directory.CreateDirectory(folder).FullName, name + ".input");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("This runs from inside the repository.");
    }
}
