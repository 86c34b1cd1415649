using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Keeps blobs: the envelopes of shares of more than one record, with or without their footers, the header's 24 bytes
/// first. A blob is written once, from start to end, and read in any part by whoever holds a claim.
/// </summary>
/// <exception cref="StoreUnavailableException">From every act: the store does not answer.</exception>
/// <exception cref="StorageFullException">From writing: there is no room.</exception>
internal interface IBlobStore
{
    /// <summary>Begins a blob, which nobody can read before it is completed.</summary>
    Task<IBlobWriter> CreateAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>A stream of exactly these bytes of a blob; null where there is none.</summary>
    Task<Stream?> OpenAsync(ShareId id, long offset, long length, CancellationToken cancellationToken);

    /// <summary>No error where there is none.</summary>
    Task DeleteAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>All blobs, unfinished ones too, that were last written before <paramref name="before"/>.</summary>
    IAsyncEnumerable<ShareId> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Writes, reads and deletes for real; throws where that fails.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A blob being written. Disposing it before it is completed deletes what was written.</summary>
internal interface IBlobWriter : IAsyncDisposable
{
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>The blob is durable, bytes and name, before this answers.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
