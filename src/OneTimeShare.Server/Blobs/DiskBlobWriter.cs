using System.Buffers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>A blob on its way to the disk, under the name of a part until it is all there.</summary>
internal sealed class DiskBlobWriter : IBlobWriter
{
    private readonly BlobFolder _folder;
    private readonly ShareId _id;
    private readonly FileStream _part;
    private bool _completed;

    public DiskBlobWriter(BlobFolder folder, ShareId id)
    {
        _folder = folder;
        _id = id;
        _part = DiskFailure.Guard(() => folder.Create(id));
    }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        if (_folder.Reserve.IsReached())
            throw new StorageFullException("There is no room left for blobs but what ending shares needs.");
        try
        {
            await _part.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw DiskFailure.ToStoreException(failure);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        // A flush takes as long as the disk does, which is too long for a thread that serves requests.
        await Task.Run(() => DiskFailure.Guard(Complete), cancellationToken);
        _completed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await _part.DisposeAsync();
        if (!_completed)
            DiskFailure.Guard(() => _folder.DeletePart(_id));
    }

    private void Complete()
    {
        _part.Flush(flushToDisk: true);
        _folder.Publish(_id);
    }
}
