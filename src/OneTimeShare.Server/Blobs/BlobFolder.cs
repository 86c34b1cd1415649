using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>Where blobs lie. One that is not complete has another name, under which nobody looks for it.</summary>
internal sealed class BlobFolder(string root)
{
    private const string PartSuffix = ".part";

    private readonly ShardedFolder _files = new(root);

    public DiskReserve Reserve { get; } = new(root);

    public string PathOf(ShareId id) => _files.PathOf(id);

    public string PartPathOf(ShareId id) => PathOf(id) + PartSuffix;

    public bool IsPublished(ShareId id) => File.Exists(PathOf(id));

    /// <summary>Begins a blob's part.</summary>
    public FileStream Create(ShareId id)
    {
        if (IsPublished(id))
            throw new IOException("A blob is written once.");
        _files.MakeShardOf(id);
        return Open(PartPathOf(id), FileMode.CreateNew, FileShare.Delete);
    }

    /// <summary>Opens a blob's part, or begins it; locked, so that no other process does the same.</summary>
    public FileStream OpenPart(ShareId id)
    {
        _files.MakeShardOf(id);
        // Only "none" is a lock on Unix; on Windows it would forbid the file to be renamed.
        var share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
        return Open(PartPathOf(id), FileMode.OpenOrCreate, share);
    }

    /// <summary>A completed blob is a part again, in the place of any other.</summary>
    public void Unpublish(ShareId id) => File.Move(PathOf(id), PartPathOf(id), overwrite: true);

    /// <summary>Brings a completed blob to its name; both are durable when this returns.</summary>
    public void Publish(ShareId id)
    {
        // "Overwrite" makes this a rename, which is atomic; without it .NET may fall back to copying.
        File.Move(PartPathOf(id), PathOf(id), overwrite: true);
        try
        {
            FlushNameOf(id);
        }
        catch
        {
            Unpublish(id);
            throw;
        }
    }

    public void DeletePart(ShareId id) => File.Delete(PartPathOf(id));

    public void Delete(ShareId id)
    {
        if (!_files.HasShardOf(id))
            return;
        DeletePart(id);
        File.Delete(PathOf(id));
    }

    public IReadOnlyList<string> Shards() => _files.Shards();

    /// <summary>
    /// What lies in a shard, was last written before a time and is nobody's to go on with; other files are no blobs.
    /// </summary>
    public static IReadOnlyList<ShareId> List(string shard, DateTimeOffset before)
    {
        var ids = new List<ShareId>();
        foreach (var file in new DirectoryInfo(shard).EnumerateFiles())
        {
            var name = file.Name.AsSpan();
            bool isPart = name.EndsWith(PartSuffix, StringComparison.Ordinal);
            if (isPart)
                name = name[..^PartSuffix.Length];
            // What has got its other name since the folder was read does not exist, and has the oldest of all times.
            if (ShardedFolder.TryParse(name, out var id) && file.Exists
                && file.LastWriteTimeUtc < before.UtcDateTime && !(isPart && IsOpen(file)))
                ids.Add(id);
        }

        return ids;
    }

    // Every writer has a lock on its part, and none is given beside another; it lasts no longer than this look.
    private static bool IsOpen(FileInfo part)
    {
        try
        {
            using var unused = part.Open(FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            return true; // or renamed just now, or not ours to read
        }
    }

    /// <summary>What a blob or its part is called is durable when this returns.</summary>
    public void FlushNameOf(ShareId id) => _files.FlushNameOf(id);

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = share,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }
}
