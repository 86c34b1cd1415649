using OneTimeShare.Cli.Sources;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Taking;

/// <summary>Reads what <c>-o</c> says.</summary>
internal static class Destinations
{
    private const string Output = "-";

    /// <param name="output">As it was given; null where it was not.</param>
    /// <param name="manifest">What is going to come.</param>
    /// <param name="mark">What tells the parts from those of others.</param>
    /// <param name="force">Overwrites what is there.</param>
    public static IDestination Of(string? output, Manifest manifest, string mark, bool force)
    {
        bool several = manifest.Files.Length > 1;
        if (output == Output || (output is null && manifest.Text && !several))
        {
            if (several)
                throw ComplaintException.Usage("several files cannot go to standard output", "name a folder with -o");
            return new OutputDestination(isShown: output is null && !Console.IsOutputRedirected);
        }
        // Written into, and never replaced by a file.
        var kind = output is null || several ? UnixKind.Ordinary : UnixFiles.KindOf(output);
        if (kind == UnixKind.Passing)
            return new OutputDestination(isShown: false, output);
        if (kind == UnixKind.Disk)
            throw ComplaintException.Failure($"{Printable.Line(output!)} is a disk", "choose another place with -o");
        if (output is null || Directory.Exists(output))
            return new FolderDestination(output ?? ".", null, manifest, mark, force);
        string folder = FolderOf(output), name = Path.GetFileName(output);
        return several
            ? throw ComplaintException.Usage("several files need a folder", $"make one: mkdir {Printable.Line(name)}")
            : new FolderDestination(folder, name, manifest, mark, force);
    }

    /// <summary>The folder in which a file is going to be; one that is not there is complained of.</summary>
    public static string FolderOf(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        bool isNamed = Path.GetFileName(file) != "";
        return isNamed && Directory.Exists(folder) ? folder : throw ComplaintException.Failure(
            $"there is no folder {Printable.Line(isNamed ? folder : file)}");
    }
}
