using System.Text;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Taking;

/// <summary>
/// Saves files in a folder: under names of their own first, and under theirs when all of them are complete, verified
/// and on the disk. What is there already is not overwritten unless that is wanted.
/// </summary>
internal sealed class FolderDestination : IDestination
{
    private const int MaxName = 255;
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly UTF8Encoding Utf8 = new(false);

    private readonly Manifest _manifest;
    private readonly string[] _names;
    private readonly string _mark;
    private readonly bool _force;
    private FileStream? _open;
    private int _opened;
    private int _flushed;

    /// <param name="folder">It exists.</param>
    /// <param name="name">Of the one file; null for the names that the sender gave.</param>
    /// <param name="manifest">What is going to come.</param>
    /// <param name="mark">What tells the parts from those of others.</param>
    /// <param name="force">Overwrites what is there.</param>
    public FolderDestination(string folder, string? name, Manifest manifest, string mark, bool force)
    {
        Folder = Path.GetFullPath(folder);
        (_manifest, _mark, _force) = (manifest, mark, force);
        _names = name is not null ? [name] : [.. FileNames.Safe(manifest).Select(Fitting)];
    }

    public string Folder { get; }

    string? IDestination.Folder => Folder;

    /// <summary>Where the files are in the end.</summary>
    public IEnumerable<string> Paths => _names.Select(name => Path.Combine(Folder, name));

    public void Check()
    {
        // Of a name that was given; those of the sender are made to fit.
        if (_names.Any(name => Utf8.GetByteCount(name) > MaxName))
            throw ComplaintException.Failure("a name is at most 255 bytes long", "choose another place with -o");
        if (_names.Distinct(StringComparer.Ordinal).Count() < _names.Length)
            throw ComplaintException.Failure("two of the files would have one name here", "take it in a browser");
        foreach (string path in Paths)
        {
            if (Directory.Exists(path))
                throw ComplaintException.Failure($"{Printable.Line(path)} is a folder", "choose another place with -o");
            if (!_force && Path.Exists(path))
                throw Exists(path);
        }
        long room = new DriveInfo(Folder).AvailableFreeSpace;
        if (room < _manifest.ContentLength)
        {
            throw ComplaintException.Failure(
                $"there is no room for {Amounts.Size(_manifest.ContentLength)} in {Printable.Line(Folder)}",
                "nothing was taken: make room, or choose another place with -o");
        }
        try
        {
            File.OpenHandle(PartPath(0), FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose)
                .Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ComplaintException.Failure(
                $"nothing can be written in {Printable.Line(Folder)}",
                "nothing was taken: choose another place with -o");
        }
    }

    public long GoOnFrom(long saved)
    {
        long left = saved;
        for (int i = 0; i < _names.Length && left > 0; i++)
        {
            long wanted = Math.Min(left, _manifest.Files[i].Size);
            var part = new FileInfo(PartPath(i));
            if (!part.Exists || part.Length < wanted)
                return 0;
            left -= wanted;
        }
        return saved;
    }

    public ValueTask<Stream> OpenAsync(int file, long from, CancellationToken cancellationToken)
    {
        // What was written after the last flush may be there or not, and comes again.
        if (_open is null)
            _flushed = file;
        (_open, _opened) = (OpenPart(file, FileMode.OpenOrCreate), file);
        _open.SetLength(from);
        _open.Position = from;
        return ValueTask.FromResult<Stream>(_open);
    }

    public void Flush()
    {
        // Those before it are complete, and may be in memory still.
        for (; _flushed < _opened; _flushed++)
        {
            using var part = OpenPart(_flushed, FileMode.Open);
            part.Flush(flushToDisk: true);
        }
        if (_open is { CanWrite: true })
            _open.Flush(flushToDisk: true);
    }

    public void Commit()
    {
        _opened = _names.Length;
        Flush();
        for (int i = 0; i < _names.Length; i++)
        {
            string path = Path.Combine(Folder, _names[i]);
            try
            {
                File.Move(PartPath(i), path, _force);
            }
            catch (IOException) when (!_force && Path.Exists(path))
            {
                throw Exists(path);
            }
        }
        DurableFolder.Flush(Folder);
    }

    public void Discard()
    {
        _open?.Dispose();
        Discard(Folder, _mark);
    }

    /// <summary>Deletes the parts that a process has left, as far as they are there.</summary>
    public static void Discard(string folder, string mark)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (string part in Directory.GetFiles(folder, $".ots-{mark}-*.part"))
            File.Delete(part);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
    }

    private static ComplaintException Exists(string path) => ComplaintException.Failure(
        $"{Printable.Line(path)} is there already", "it was not touched: add --force, or choose another place with -o");

    private string PartPath(int file) => Path.Combine(Folder, $".ots-{_mark}-{file}.part");

    private FileStream OpenPart(int file, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersOnly;
        return new FileStream(PartPath(file), options);
    }

    /// <summary>A name that every file system here takes: no longer than 255 bytes, its extension kept.</summary>
    private static string Fitting(string name)
    {
        if (OperatingSystem.IsWindows())
            name = string.Join('_', name.Split(Path.GetInvalidFileNameChars())).TrimEnd(' ', '.');
        if (Utf8.GetByteCount(name) <= MaxName)
            return name;
        string extension = Path.GetExtension(name);
        if (Utf8.GetByteCount(extension) > MaxName / 4)
            extension = "";
        var fitting = new StringBuilder();
        int length = Utf8.GetByteCount(extension);
        foreach (var rune in name.EnumerateRunes())
        {
            length += rune.Utf8SequenceLength;
            if (length > MaxName)
                break;
            fitting.Append(rune.ToString());
        }
        return fitting.Append(extension).ToString();
    }
}
