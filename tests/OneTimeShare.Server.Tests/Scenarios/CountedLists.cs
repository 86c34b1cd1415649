using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>A real blob store, and how often it has been asked for all that it has.</summary>
internal sealed class CountedLists(IBlobStore blobs) : IBlobStore
{
    private int _lists;

    public int Lists => _lists;

    public Task<IBlobWriter> CreateAsync(ShareId id, CancellationToken cancellationToken) =>
        blobs.CreateAsync(id, cancellationToken);

    public Task<IBlobAppender> ContinueAsync(ShareId id, CancellationToken cancellationToken) =>
        blobs.ContinueAsync(id, cancellationToken);

    public Task<Stream?> OpenAsync(ShareId id, long offset, long length, CancellationToken cancellationToken) =>
        blobs.OpenAsync(id, offset, length, cancellationToken);

    public Task DeleteAsync(ShareId id, CancellationToken cancellationToken) =>
        blobs.DeleteAsync(id, cancellationToken);

    public IAsyncEnumerable<ShareId> ListAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _lists);
        return blobs.ListAsync(before, cancellationToken);
    }

    public Task CheckAsync(CancellationToken cancellationToken) => blobs.CheckAsync(cancellationToken);
}
