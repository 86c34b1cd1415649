using System.IO.Pipelines;
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
    private const int Passing = 128 * 1024;

    public static async Task<List<SecretFile>> FilesAsync(
        IReadOnlyList<string> arguments, string? name, CancellationToken cancellationToken)
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
        var files = new List<SecretFile>();
        foreach (string argument in arguments)
        {
            files.Add(argument == StandardInput
                ? await PassingAsync(
                    "standard input", name ?? DefaultName, StandardStreams.OpenInput(), cancellationToken)
                : await OfArgumentAsync(SourcePath.OfArgument(argument), name, cancellationToken));
        }
        return files;
    }

    /// <summary>The text that is typed, or comes by a pipe, whole: it is short, and has to be one.</summary>
    public static async Task<SecretFile> TextAsync(string? name, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxText + 1];
        await using var input = StandardStreams.OpenInput();
        // Whoever types may leave: reading a terminal does not end by itself.
        int length = await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
            .AsTask().WaitAsync(cancellationToken);
        if (length > MaxText)
            throw ComplaintException.Failure("a text is at most 1 MiB", "send it as a file: without --text");
        if (length == 0)
            throw ComplaintException.Usage("there is no text to send");
        if (!UnixNames.IsText(bytes[..length]))
            throw ComplaintException.Failure("this is no text in UTF-8", "send it as a file: without --text");
        return SecretFile.Of(name ?? "text.txt", bytes[..length], "text/plain");
    }

    /// <summary>
    /// What somebody else writes while it is read. Nothing at all is what a program leaves that failed, and not sent.
    /// </summary>
    private static async Task<SecretFile> PassingAsync(
        string what, string name, Stream stream, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: Passing));
        var first = await pipe.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken);
        if (first.Buffer.IsEmpty)
        {
            throw ComplaintException.Usage(
                $"{what} is empty: there is nothing to send", "an empty file goes by its name");
        }
        pipe.AdvanceTo(first.Buffer.Start);
        return Of(name, null, _ => ValueTask.FromResult(pipe.AsStream()));
    }

    private static async Task<SecretFile> OfArgumentAsync(
        SourcePath path, string? name, CancellationToken cancellationToken) => path.Kind() switch
        {
            SourceKind.Missing => throw ComplaintException.Failure($"there is no file {Printable.Line($"{path}")}"),
            SourceKind.Folder => Of(
                name ?? path.Name + ".zip", null, cancel => ValueTask.FromResult(FolderZip.Open(path, cancel))),
            SourceKind.File => await OfFileAsync(path, name ?? path.Name, cancellationToken),
        };

    private static async Task<SecretFile> OfFileAsync(
        SourcePath path, string name, CancellationToken cancellationToken)
    {
        // Opened now, so that what cannot be read is known before anything is sent.
        var file = path.Open();
        // A pipe, which whoever writes to it ends when it is closed, or a device.
        if (!file.CanSeek || path.IsSpecial())
            return await PassingAsync(Printable.Line($"{path}"), name, file, cancellationToken);
        await using (file)
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
