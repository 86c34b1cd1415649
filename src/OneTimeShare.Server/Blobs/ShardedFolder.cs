using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// Files named for shares, like <c>3f/3f09...</c>: in hexadecimal, since some file systems see no case, and in up to
/// 256 folders, so that none gets large.
/// </summary>
internal sealed class ShardedFolder(string root)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Whether this process has made sure that a shard is in its parent durably.
    private readonly bool[] _durable = new bool[256];

    public string Root => root;

    public string PathOf(ShareId id) => Path.Combine(ShardOf(id), NameOf(id));

    public bool HasShardOf(ShareId id) => Directory.Exists(ShardOf(id));

    public IReadOnlyList<string> Shards() => Directory.Exists(root) ? Directory.GetDirectories(root) : [];

    public void MakeShardOf(ShareId id)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(ShardOf(id));
            return;
        }

        Directory.CreateDirectory(root, OwnerOnly);
        Directory.CreateDirectory(ShardOf(id), OwnerOnly);
    }

    /// <summary>Which names there are in a share's shard is durable when this returns.</summary>
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

    /// <summary>False for a name that <see cref="PathOf"/> does not give.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out ShareId id)
    {
        Span<byte> bytes = stackalloc byte[ShareId.Length];
        bool parsed = name.Length == 2 * ShareId.Length
            && Convert.FromHexString(name, bytes, out _, out _) is System.Buffers.OperationStatus.Done;
        id = parsed ? new ShareId(bytes) : default;
        return parsed;
    }

    private string ShardOf(ShareId id) => Path.Combine(root, NameOf(id)[..2]);

    private static string NameOf(ShareId id) => Convert.ToHexStringLower(id.ToArray());
}
