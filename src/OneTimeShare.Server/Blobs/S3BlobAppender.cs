using System.Buffers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// An unfinished blob that one appender writes. Within this process a newer one closes it; other processes' it shuts
/// out, or is shut out by them, with the writer's number in the blob's index.
/// </summary>
internal sealed class S3BlobAppender(S3Blobs blobs, ShareId id, NewestAppenders<S3BlobAppender> all) : IBlobAppender
{
    // Held while something happens to the blob, so that it is closed between two acts and never in one.
    private readonly SemaphoreSlim _act = new(1);
    private S3Blob? _blob;
    private bool _isClosed;

    public Task<bool> CutAsync(long writer, long length, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await CloseBlobAsync();
        _blob = new S3Blob(blobs, id, writer);
        return await _blob.TryTakeAsync(length, cancellationToken);
    });

    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) =>
        await ActAsync(async () =>
        {
            await _blob!.WriteAsync(bytes, cancellationToken);
            return true;
        });

    public Task FlushAsync(CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await _blob!.SaveAsync(cancellationToken);
        return true;
    });

    public Task CompleteAsync(CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await _blob!.CompleteAsync(cancellationToken);
        return true;
    });

    /// <summary>Whatever it is asked for next fails.</summary>
    public async Task CloseAsync()
    {
        await _act.WaitAsync();
        try
        {
            _isClosed = true;
            await CloseBlobAsync();
        }
        finally
        {
            _act.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        all.Forget(id, this);
    }

    private async Task CloseBlobAsync()
    {
        var blob = _blob;
        _blob = null;
        if (blob is not null)
            await blob.DisposeAsync();
    }

    private async Task<T> ActAsync<T>(Func<Task<T>> act)
    {
        await _act.WaitAsync();
        try
        {
            return _isClosed ? throw new BlobTakenOverException() : await act();
        }
        finally
        {
            _act.Release();
        }
    }
}
