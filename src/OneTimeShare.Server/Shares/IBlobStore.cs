using System.Buffers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Keeps blobs: the envelopes of shares of more than one record without their footers, the header's 24 bytes first. A
/// blob is written once, from start to end, at once or in pieces, and read in any part by whoever holds a claim.
/// </summary>
/// <exception cref="StoreUnavailableException">From every act: the store does not answer.</exception>
/// <exception cref="StorageFullException">From writing: there is no room.</exception>
internal interface IBlobStore
{
    /// <summary>Begins a blob, which nobody can read before it is completed.</summary>
    Task<IBlobWriter> CreateAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>
    /// Goes on with an unfinished blob, or begins one. At any time a blob has one appender, the newest: an older one is
    /// shut out before this answers.
    /// </summary>
    /// <exception cref="BlobTakenOverException">Another process is at it and cannot be shut out.</exception>
    Task<IBlobAppender> ContinueAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>A stream of exactly these bytes of a blob; null where there is none.</summary>
    Task<Stream?> OpenAsync(ShareId id, long offset, long length, CancellationToken cancellationToken);

    /// <summary>No error where there is none.</summary>
    Task DeleteAsync(ShareId id, CancellationToken cancellationToken);

    /// <summary>
    /// All blobs that were last written before <paramref name="before"/>; unfinished ones too, but for those that a
    /// living process is writing. None where the store has no way to list them.
    /// </summary>
    IAsyncEnumerable<ShareId> ListAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Writes, reads and deletes for real; throws where that fails.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A blob being written. Disposing it before it is completed deletes what was written.</summary>
internal interface IBlobWriter : IAsyncDisposable
{
    /// <summary>Adds all the pieces, with as few calls of the system as it takes.</summary>
    ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken);

    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        WriteAsync(new ReadOnlySequence<byte>(bytes), cancellationToken);

    /// <summary>The blob is durable, bytes and name, before this answers.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>
/// An unfinished blob that grows in pieces. Disposing it before it is completed leaves what there is; one that was
/// completed and not published is unfinished again as soon as it is cut.
/// </summary>
/// <exception cref="BlobTakenOverException">
/// From every act: there is a newer appender, or the blob is deleted.
/// </exception>
internal interface IBlobAppender : IBlobWriter
{
    /// <summary>
    /// Keeps the first bytes, and goes on behind them: to be called before anything else, and only by whom the store
    /// has made the one writer, with the number that it gave them.
    /// </summary>
    /// <returns>False where there are fewer.</returns>
    Task<bool> CutAsync(long writer, long length, CancellationToken cancellationToken);

    /// <summary>What was written so far is durable before this answers.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
