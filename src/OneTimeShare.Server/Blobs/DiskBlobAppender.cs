using System.Buffers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// An unfinished blob that is open for one appender. Within this process a newer one closes it; other processes are
/// kept out by the file's lock.
/// </summary>
internal sealed class DiskBlobAppender(BlobFolder folder, ShareId id, DiskBlobAppenders all) : IBlobAppender
{
    // Held while something happens to the file, so that it is closed between two acts and never in one.
    private readonly SemaphoreSlim _act = new(1);
    private FileStream? _file;
    private bool _named;

    /// <summary>Opens the file once the older appender has let go of it.</summary>
    public async Task OpenAsync(Func<Task> closeOlder)
    {
        await _act.WaitAsync();
        try
        {
            await closeOlder();
            OpenPart();
        }
        finally
        {
            _act.Release();
        }
    }

    public Task<bool> CutAsync(long writer, long length, CancellationToken cancellationToken) => ActAsync(async file =>
    {
        if (folder.IsPublished(id))
        {
            await CloseFileAsync();
            folder.Unpublish(id);
            file = OpenPart();
        }

        if (file.Length < length)
            return false;
        file.SetLength(length);
        file.Position = length;
        return true;
    });

    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) =>
        await ActAsync(async file =>
        {
            await file.WriteAsync(bytes, cancellationToken);
            return true;
        });

    // A flush takes as long as the disk does, which is too long for a thread that serves requests.
    public Task FlushAsync(CancellationToken cancellationToken) => ActAsync(file => Task.Run(() =>
    {
        file.Flush(flushToDisk: true);
        if (!_named)
            folder.FlushNameOf(id);
        return _named = true;
    }, cancellationToken));

    public Task CompleteAsync(CancellationToken cancellationToken) => ActAsync(async file =>
    {
        await Task.Run(() =>
        {
            file.Flush(flushToDisk: true);
            folder.Publish(id);
        }, cancellationToken);
        // The lock would keep its readers out, too.
        await CloseFileAsync();
        return true;
    });

    /// <summary>Whatever it is asked for next fails.</summary>
    public async Task CloseAsync()
    {
        await _act.WaitAsync();
        try
        {
            await CloseFileAsync();
        }
        finally
        {
            _act.Release();
        }
    }

    /// <summary>An empty one is as good as none.</summary>
    public async ValueTask DisposeAsync()
    {
        await _act.WaitAsync();
        try
        {
            if (_file is { Length: 0 })
                DiskFailure.Guard(() => folder.DeletePart(id));
        }
        finally
        {
            _act.Release();
        }

        await CloseAsync();
        all.Forget(id, this);
    }

    private FileStream OpenPart()
    {
        try
        {
            return _file = folder.OpenPart(id);
        }
        catch (IOException failure) when (DiskFailure.IsLock(failure))
        {
            throw new BlobTakenOverException();
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw DiskFailure.ToStoreException(failure);
        }
    }

    private async Task CloseFileAsync()
    {
        var file = _file;
        _file = null;
        if (file is not null)
            await file.DisposeAsync();
    }

    private async Task<T> ActAsync<T>(Func<FileStream, Task<T>> act)
    {
        await _act.WaitAsync();
        try
        {
            return await act(_file ?? throw new BlobTakenOverException());
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            throw DiskFailure.ToStoreException(failure);
        }
        finally
        {
            _act.Release();
        }
    }
}
