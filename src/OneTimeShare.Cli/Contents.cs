using System.Text;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli;

/// <summary>Says what is in a share, its names made harmless.</summary>
internal static class Contents
{
    private const int MostLines = 20;

    public static string Describe(Manifest manifest)
    {
        if (manifest.Text && manifest.Files.Length == 1)
            return $"A text of {Amounts.Size(manifest.ContentLength)}";
        int count = manifest.Files.Length;
        string size = Amounts.Size(manifest.ContentLength);
        var text = new StringBuilder(count == 1 ? "A file" : FormattableString.Invariant($"{count} files, {size}"));
        foreach (var (name, file) in FileNames.Safe(manifest).Zip(manifest.Files).Take(MostLines))
            text.Append(FormattableString.Invariant($"\n  {Printable.Line(name)}  {Amounts.Size(file.Size)}"));
        if (manifest.Files.Length > MostLines)
            text.Append(FormattableString.Invariant($"\n  and {manifest.Files.Length - MostLines} more"));
        return text.ToString();
    }
}
