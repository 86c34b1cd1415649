using System.IO.Compression;
using System.IO.Pipelines;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli.Sources;

/// <summary>A folder as a zip that is made while it is read.</summary>
internal static class FolderZip
{
    private const int Directory = 0x41ED << 16; // as stat says it: drwxr-xr-x
    private const int RegularFile = 0x8000;
    private const int PosixMode = 0x1FF;
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reading it to its end reads the folder; what fails there fails here.</summary>
    public static Stream Open(SourcePath folder, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(
            pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        _ = Task.Run(() => WriteAsync(folder, pipe.Writer, cancellationToken), CancellationToken.None);
        return pipe.Reader.AsStream();
    }

    // Never throws: the pipe carries what went wrong.
    private static async Task WriteAsync(SourcePath folder, PipeWriter destination, CancellationToken cancellationToken)
    {
        try
        {
            await using (var zip = await ZipArchive.CreateAsync(
                destination.AsStream(leaveOpen: true), ZipArchiveMode.Create, leaveOpen: false, entryNameEncoding: null,
                cancellationToken))
            {
                await AddAsync(zip, folder, folder.Name + "/", cancellationToken);
            }
            await destination.CompleteAsync();
        }
        catch (Exception failure)
        {
            await destination.CompleteAsync(failure);
        }
    }

    private static async Task AddAsync(
        ZipArchive zip, SourcePath folder, string prefix, CancellationToken cancellationToken)
    {
        zip.CreateEntry(prefix).ExternalAttributes = Directory;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var child in folder.Children())
        {
            // A name that is no text may be written as another is.
            if (!names.Add(child.Name))
                throw new IOException($"two files in {folder} would both be called {child.Name}");
            if (WhyNot(child) is { } why)
                Screen.Warning($"{Printable.Line($"{child}")} is left out: {why}");
            else if (child.Kind() == SourceKind.Folder)
                await AddAsync(zip, child, $"{prefix}{child.Name}/", cancellationToken);
            else
                await AddFileAsync(zip, child, prefix + child.Name, cancellationToken);
        }
    }

    private static string? WhyNot(SourcePath child) => child.Kind() switch
    {
        SourceKind.Folder => child.IsLink() ? "a link to a folder is not followed" : null,
        SourceKind.Missing => "a link that leads nowhere",
        SourceKind.File => child.IsSpecial() ? "neither a file nor a folder" : null,
    };

    private static async Task AddFileAsync(
        ZipArchive zip, SourcePath file, string name, CancellationToken cancellationToken)
    {
        await using var content = file.Open();
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        var time = new DateTimeOffset(File.GetLastWriteTimeUtc(content.SafeFileHandle));
        entry.LastWriteTime = time < Earliest ? Earliest : time > Latest ? Latest : time;
        if (!OperatingSystem.IsWindows())
        {
            int mode = (int)File.GetUnixFileMode(content.SafeFileHandle) & PosixMode;
            entry.ExternalAttributes = (RegularFile | mode) << 16;
        }
        await using var destination = await entry.OpenAsync(cancellationToken);
        await content.CopyToAsync(destination, 1 << 17, cancellationToken);
    }
}
