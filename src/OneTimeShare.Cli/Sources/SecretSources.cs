using System.Text;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;

namespace OneTimeShare.Cli.Sources;

/// <summary>Makes of arguments the files of a secret.</summary>
internal static class SecretSources
{
    public const string StandardInput = "-";
    private const string DefaultName = "file";
    private const int MaxText = 1024 * 1024;

    public static List<SecretFile> Files(IReadOnlyList<string> arguments, string? name)
    {
        if (arguments.Count == 0)
        {
            if (!Console.IsInputRedirected)
            {
                throw ComplaintException.Usage(
                    "there is nothing to send", "name files, or - for standard input, or --text");
            }
            arguments = [StandardInput];
        }
        if (arguments.Count(argument => argument == StandardInput) > 1)
            throw ComplaintException.Usage("standard input can be read once only");
        if (name is not null && arguments.Count > 1)
            throw ComplaintException.Usage("--name is for one file");
        return [.. arguments.Select(argument => argument == StandardInput
            ? Input(name ?? DefaultName) : OfArgument(SourcePath.OfArgument(argument), name))];
    }

    /// <summary>The text that is typed, or comes by a pipe, whole: it is short, and has to be one.</summary>
    public static async Task<SecretFile> TextAsync(string? name, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxText + 1];
        await using var input = Console.OpenStandardInput();
        int length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MaxText)
            throw ComplaintException.Failure("a text is at most 1 MiB", "send it as a file: without --text");
        if (length == 0)
            throw ComplaintException.Usage("there is no text to send");
        if (!UnixNames.IsText(bytes[..length]))
            throw ComplaintException.Failure("this is no text in UTF-8", "send it as a file: without --text");
        return SecretFile.Of(name ?? "text.txt", bytes[..length], "text/plain");
    }

    private static SecretFile Input(string name) =>
        Of(name, null, _ => ValueTask.FromResult(Console.OpenStandardInput()));

    private static SecretFile OfArgument(SourcePath path, string? name) => path.Kind() switch
    {
        SourceKind.Missing => throw ComplaintException.Failure($"there is no file {Printable.Line($"{path}")}"),
        SourceKind.Folder => Of(
            name ?? path.Name + ".zip", null, cancel => ValueTask.FromResult(FolderZip.Open(path, cancel))),
        SourceKind.File => OfFile(path, name ?? path.Name),
    };

    private static SecretFile OfFile(SourcePath path, string name)
    {
        // Opened now, so that what cannot be read is known before anything is sent.
        var file = path.Open();
        if (!file.CanSeek) // a pipe, which whoever writes to it ends when it is closed
            return Of(name, null, _ => ValueTask.FromResult<Stream>(file));
        using (file)
        {
            // What the system makes up while it is read says 0.
            long? size = file.Length > 0 || file.ReadByte() < 0 ? file.Length : null;
            return Of(name, size, _ => ValueTask.FromResult<Stream>(path.Open()));
        }
    }

    private static SecretFile Of(string name, long? size, Func<CancellationToken, ValueTask<Stream>> open) =>
        new(Unicode(name), size, open) { Type = MediaTypes.Of(name) };

    // A name on Windows may hold half a character, which is no Unicode.
    private static string Unicode(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            text.Append(rune.ToString());
        return text.ToString();
    }
}
