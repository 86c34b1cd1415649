using System.Runtime.CompilerServices;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// Blobs as files below the data folder, in up to 256 folders by the first byte of their ids. Until it is complete a
/// blob has another name, under which nobody looks for it.
/// </summary>
internal sealed class DiskBlobStore : IBlobStore
{
    private readonly BlobFolder _folder;
    private readonly DiskBlobAppenders _appenders;

    public DiskBlobStore(string folder)
    {
        _folder = new BlobFolder(Path.Combine(folder, "blobs"));
        _appenders = new DiskBlobAppenders(_folder);
    }

    public Task<IBlobWriter> CreateAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IBlobWriter>(new DiskBlobWriter(_folder, id));
    }

    public async Task<IBlobAppender> ContinueAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await _appenders.OpenAsync(id);
    }

    public Task<Stream?> OpenAsync(ShareId id, long offset, long length, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(DiskBlobStream.TryOpen(_folder.PathOf(id), offset, length));
    }

    public async Task DeleteAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _appenders.CloseAsync(id);
        DiskFailure.Guard(() => _folder.Delete(id));
    }

    public async IAsyncEnumerable<ShareId> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One small folder at a time: a listing never holds more than a 256th of the names.
        foreach (string shard in DiskFailure.Guard(_folder.Shards))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var id in DiskFailure.Guard(() => BlobFolder.List(shard, before)))
                yield return id;
            await Task.Yield();
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var id = ShareId.Create();
        byte[] probe = id.ToArray();
        try
        {
            await using (var writer = await CreateAsync(id, cancellationToken))
            {
                await writer.WriteAsync(probe, cancellationToken);
                await writer.CompleteAsync(cancellationToken);
            }

            await using var stream = await OpenAsync(id, 0, probe.Length, cancellationToken)
                ?? throw new StoreUnavailableException("The blob folder does not give back what was written to it.");
            var read = new byte[probe.Length];
            await stream.ReadExactlyAsync(read, cancellationToken);
            if (!read.AsSpan().SequenceEqual(probe))
                throw new StoreUnavailableException("The blob folder gives back other bytes than were written to it.");
        }
        finally
        {
            await DeleteAsync(id, CancellationToken.None);
        }
    }
}
