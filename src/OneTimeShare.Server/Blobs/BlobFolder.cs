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

    /// <summary>Makes room for a blob's part.</summary>
    public void Prepare(ShareId id)
    {
        if (File.Exists(PathOf(id)))
            throw new IOException("A blob is written once.");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(ShardOf(id));
            return;
        }

        Directory.CreateDirectory(root, OwnerOnly);
        Directory.CreateDirectory(ShardOf(id), OwnerOnly);
    }

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
            File.Delete(PathOf(id));
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

    /// <summary>What lies in a shard and was last written before a time; other files are nobody's.</summary>
    public static IReadOnlyList<ShareId> List(string shard, DateTimeOffset before)
    {
        var ids = new List<ShareId>();
        var bytes = new byte[ShareId.Length];
        foreach (var file in new DirectoryInfo(shard).EnumerateFiles())
        {
            var name = file.Name.AsSpan();
            if (name.EndsWith(PartSuffix, StringComparison.Ordinal))
                name = name[..^PartSuffix.Length];
            bool isBlob = name.Length == 2 * ShareId.Length
                && Convert.FromHexString(name, bytes, out _, out _) is System.Buffers.OperationStatus.Done;
            if (isBlob && file.LastWriteTimeUtc < before.UtcDateTime)
                ids.Add(new ShareId(bytes));
        }

        return ids;
    }

    private void FlushNameOf(ShareId id)
    {
        DurableFolder.Flush(ShardOf(id));
        byte shard = id.ToArray()[0];
        if (_durable[shard])
            return;
        DurableFolder.Flush(root);
        DurableFolder.Flush(Path.GetDirectoryName(Path.GetFullPath(root))!);
        _durable[shard] = true;
    }

    private string ShardOf(ShareId id) => Path.Combine(root, NameOf(id)[..2]);

    private static string NameOf(ShareId id) => Convert.ToHexStringLower(id.ToArray());
}
