using System.Buffers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// An envelope that has arrived and is nobody's share yet: disposed unpublished, it leaves nothing behind.
/// </summary>
internal sealed class ReceivedEnvelope(ShareId id, IShareStore store, IBlobStore blobs) : IAsyncDisposable
{
    private IBlobWriter? _blob;
    private bool _published;

    public ShareId Id { get; } = id;

    public IntakeOutcome Outcome { get; set; }

    public EnvelopeHeader? Header { get; set; }

    public EnvelopeFooter? Footer { get; set; }

    /// <summary>The length of the records.</summary>
    public long Size { get; set; }

    /// <summary>The records where there is only one.</summary>
    public byte[]? Records { get; set; }

    /// <summary>No second one where it has begun.</summary>
    public async Task BeginBlobAsync(CancellationToken cancellationToken)
    {
        if (_blob is not null)
            return;
        _blob = await blobs.CreateAsync(Id, cancellationToken);
        await _blob.WriteAsync(Header!.Bytes.ToArray(), cancellationToken);
    }

    public ValueTask WriteToBlobAsync(ReadOnlySequence<byte> records, CancellationToken cancellationToken) =>
        _blob!.WriteAsync(records, cancellationToken);

    public Task CompleteBlobAsync(CancellationToken cancellationToken) => _blob!.CompleteAsync(cancellationToken);

    /// <summary>Makes it a share; the blob is durable before the row is, and the row before this answers.</summary>
    /// <returns>When it expires; null where there is no room.</returns>
    public async Task<DateTimeOffset?> PublishAsync(
        ReceiptToken receiptToken, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var share = new NewShare(Id, Header!, Footer!, receiptToken.Verifier, lifetime, Size, Records);
        // From here on the row may exist, whatever this request hears of it: a store that failed to answer may have
        // published, and the blob must then stay. One without a row is the sweeper's.
        _published = true;
        try
        {
            var expiresAt = await store.PublishAsync(share, cancellationToken);
            _published = expiresAt is not null;
            return expiresAt;
        }
        catch (Exception exception) when (exception is StorageFullException or OperationCanceledException)
        {
            _published = false; // these two say for certain that nothing was done
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_blob is null)
            return;
        await _blob.DisposeAsync();
        if (!_published)
            await blobs.DeleteAsync(Id, CancellationToken.None);
    }
}
