using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>Where blobs lie: <c>blobs/3f/3f09...</c>, in hexadecimal, since some file systems see no case.</summary>
internal sealed class BlobFolder(string root)
{
    private const string PartSuffix = ".part";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Whether this process has made sure that a shard is in its parent durably.
    private readonly bool[] _durable = new bool[256];

    public string Root => root;

    public string PathOf(ShareId id) => Path.Combine(ShardOf(id), NameOf(id));

    public string PartPathOf(ShareId id) => PathOf(id) + PartSuffix;

    public bool IsPublished(ShareId id) => File.Exists(PathOf(id));

    /// <summary>Begins a blob's part.</summary>
    public FileStream Create(ShareId id)
    {
        if (IsPublished(id))
            throw new IOException("A blob is written once.");
        MakeShardOf(id);
        return Open(PartPathOf(id), FileMode.CreateNew, FileShare.Delete);
    }

    /// <summary>Opens a blob's part, or begins it; locked, so that no other process does the same.</summary>
    public FileStream OpenPart(ShareId id)
    {
        MakeShardOf(id);
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
        if (!Directory.Exists(ShardOf(id)))
            return;
        DeletePart(id);
        File.Delete(PathOf(id));
    }

    public IReadOnlyList<string> Shards() => Directory.Exists(root) ? Directory.GetDirectories(root) : [];

    /// <summary>
    /// What lies in a shard, was last written before a time and is nobody's to go on with; other files are no blobs.
    /// </summary>
    public static IReadOnlyList<ShareId> List(string shard, DateTimeOffset before)
    {
        var ids = new List<ShareId>();
        var bytes = new byte[ShareId.Length];
        foreach (var file in new DirectoryInfo(shard).EnumerateFiles())
        {
            var name = file.Name.AsSpan();
            bool isPart = name.EndsWith(PartSuffix, StringComparison.Ordinal);
            if (isPart)
                name = name[..^PartSuffix.Length];
            bool isBlob = name.Length == 2 * ShareId.Length
                && Convert.FromHexString(name, bytes, out _, out _) is System.Buffers.OperationStatus.Done;
            // What has got its other name since the folder was read does not exist, and has the oldest of all times.
            if (isBlob && file.Exists && file.LastWriteTimeUtc < before.UtcDateTime && !(isPart && IsOpen(file)))
                ids.Add(new ShareId(bytes));
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
    public void FlushNameOf(ShareId id)
    {
        DurableFolder.Flush(ShardOf(id));
        byte shard = id.ToArray()[0];
        if (_durable[shard])
            return;
        DurableFolder.Flush(root);
        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(root))!);
        _durable[shard] = true;
    }

    private void MakeShardOf(ShareId id)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(ShardOf(id));
            return;
        }

        Directory.CreateDirectory(root, OwnerOnly);
        Directory.CreateDirectory(ShardOf(id), OwnerOnly);
    }

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

    private string ShardOf(ShareId id) => Path.Combine(root, NameOf(id)[..2]);

    private static string NameOf(ShareId id) => Convert.ToHexStringLower(id.ToArray());
}
