using System.Text;

namespace OneTimeShare.Cli.Sources;

/// <summary>A file or a folder to read, by a name that may be no text.</summary>
internal sealed class SourcePath
{
    private readonly string _path;
    private readonly byte[]? _bytes;

    private SourcePath(string path, byte[]? bytes, string name) => (_path, _bytes, Name) = (path, bytes, name);

    /// <summary>Its own name, without the folders it is in.</summary>
    public string Name { get; }

    public static SourcePath OfArgument(string argument)
    {
        if (UnixNames.MayBeLost(argument) && !Path.Exists(argument))
        {
            var bytes = UnixNames.OfArgument(argument);
            var trimmed = bytes.AsSpan().TrimEnd((byte)'/');
            return new SourcePath(argument, bytes, UnixNames.Text(trimmed[(trimmed.LastIndexOf((byte)'/') + 1)..]));
        }
        // By its full path, since "." and ".." have names too.
        return new SourcePath(argument, null, Path.GetFileName(Path.TrimEndingDirectorySeparator(
            Path.GetFullPath(argument))));
    }

    /// <summary>What is in the folder, in the order of the names' bytes.</summary>
    public List<SourcePath> Children() => Opened(folder =>
    {
        string[] names = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(entry => entry.Name)];
        Array.Sort(names, StringComparer.Ordinal);
        if (_bytes is null && !names.Any(UnixNames.MayBeLost))
            return names.Select(name => new SourcePath(Path.Combine(_path, name), null, name)).ToList();
        return UnixNames.In(folder).Select(name => _bytes is null && UnixNames.IsText(name)
            ? new SourcePath(Path.Combine(_path, UnixNames.Text(name)), null, UnixNames.Text(name))
            : new SourcePath(_path, [.. Bytes, (byte)'/', .. name], UnixNames.Text(name))).ToList();
    });

    /// <summary>What kind of thing it is; a link is what it leads to.</summary>
    public SourceKind Kind() => Opened(path =>
    {
        if (Directory.Exists(path))
            return SourceKind.Folder;
        return File.Exists(path) && !(IsLink() && LeadsNowhere()) ? SourceKind.File : SourceKind.Missing;
    });

    /// <summary>Whether it is neither a file nor a folder: of no use inside one.</summary>
    public bool IsSpecial() => UnixFiles.KindOf(Bytes) != UnixKind.Ordinary;

    /// <summary>Whether it is a link to something else.</summary>
    public bool IsLink() => _bytes is null && new FileInfo(_path).LinkTarget is not null;

    public FileStream Open() => Opened(path => new FileStream(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
        Options = FileOptions.SequentialScan,
    }));

    public override string ToString() => _bytes is null ? _path : UnixNames.Text(_bytes);

    private byte[] Bytes => _bytes ?? new UTF8Encoding(false).GetBytes(_path);

    private bool LeadsNowhere() => OperatingSystem.IsLinux()
        ? UnixNames.LeadsNowhere(Bytes) : File.ResolveLinkTarget(_path, returnFinalTarget: true) is { Exists: false };

    private T Opened<T>(Func<string, T> act)
    {
        if (_bytes is null)
            return act(_path);
        // An open file has a name that is text, whatever its own is.
        using var handle = UnixNames.Open(_bytes);
        return act($"/proc/self/fd/{handle.DangerousGetHandle()}");
    }
}

internal enum SourceKind
{
    File,
    Folder,
    Missing,
}
