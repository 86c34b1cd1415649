using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// Marks as files beside the blobs. One is written under a name of its own, and then linked to the share's: the system
/// lets that happen once, and nobody ever sees half of a mark.
/// </summary>
internal sealed class DiskClaimGate(string folder) : IClaimGate
{
    private const string PartSuffix = ".part";

    private readonly ShardedFolder _files = new(Path.Combine(folder, "claims"));

    // A flush takes as long as the disk does, which is too long for a thread that serves requests.
    public async ValueTask<ClaimMark?> MarkAsync(ShareId id, ClaimMark mark, CancellationToken cancellationToken) =>
        await Task.Run(() => DiskFailure.Guard(() => Mark(id, mark)), cancellationToken);

    public async ValueTask UnmarkAsync(ShareId id, CancellationToken cancellationToken) =>
        await Task.Run(() => DiskFailure.Guard(() => Unmark(id)), cancellationToken);

    public async IAsyncEnumerable<ShareId> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string shard in DiskFailure.Guard(_files.Shards))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var id in DiskFailure.Guard(() => List(shard, before)))
                yield return id;
            await Task.Yield();
        }
    }

    public async ValueTask<Guid?> IdentifyAsync(bool make, CancellationToken cancellationToken) =>
        await Task.Run(() => DiskFailure.Guard(() => Identify(make)), cancellationToken);

    private Guid? Identify(bool make)
    {
        string path = Path.Combine(folder, "identity");
        if (make && !File.Exists(path))
        {
            string part = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{PartSuffix}";
            Directory.CreateDirectory(folder);
            try
            {
                Write(part, GateIdentity.Create());
                HardLink.TryCreate(part, path);
            }
            finally
            {
                File.Delete(part);
            }
            DurableFolder.Flush(folder);
        }
        return File.Exists(path) ? GateIdentity.Read(File.ReadAllBytes(path)) : null;
    }

    private ClaimMark? Mark(ShareId id, ClaimMark mark)
    {
        _files.MakeShardOf(id);
        string part = $"{_files.PathOf(id)}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}{PartSuffix}";
        try
        {
            Write(part, mark.ToArray());
            while (!HardLink.TryCreate(part, _files.PathOf(id)))
            {
                if (TryRead(id) is not { } earlier)
                    continue; // it has been taken away in between
                // Whoever created it may not have come to that yet.
                _files.FlushNameOf(id);
                return earlier;
            }
        }
        finally
        {
            File.Delete(part);
        }

        _files.FlushNameOf(id);
        return null;
    }

    private void Unmark(ShareId id)
    {
        if (!_files.HasShardOf(id))
            return;
        File.Delete(_files.PathOf(id));
        _files.FlushNameOf(id);
    }

    private ClaimMark? TryRead(ShareId id)
    {
        try
        {
            return ClaimMark.Read(File.ReadAllBytes(_files.PathOf(id)));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    /// <summary>What a process that died has left of a mark is deleted on the way.</summary>
    private static List<ShareId> List(string shard, DateTimeOffset before)
    {
        var ids = new List<ShareId>();
        foreach (var file in new DirectoryInfo(shard).EnumerateFiles())
        {
            // What has gone since the folder was read has the oldest of all times.
            if (!file.Exists || file.LastWriteTimeUtc >= before.UtcDateTime)
                continue;
            if (ShardedFolder.TryParse(file.Name, out var id))
                ids.Add(id);
            else if (file.Name.EndsWith(PartSuffix, StringComparison.Ordinal))
                file.Delete();
        }

        return ids;
    }
}
