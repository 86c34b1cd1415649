using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>The way to a claimed share's records: only a store makes one, and only for the claimant.</summary>
/// <param name="Id">The share.</param>
/// <param name="Size">The length of the records, in bytes.</param>
/// <param name="Records">The records where there is only one; null where they are in the share's blob.</param>
internal sealed record ClaimedContent(ShareId Id, long Size, byte[]? Records)
{
    /// <summary>A stream of these bytes of the records; null where the blob is lost.</summary>
    public async Task<Stream?> OpenAsync(
        IBlobStore blobs, long offset, long length, CancellationToken cancellationToken) => Records is null
            ? await blobs.OpenAsync(Id, EnvelopeHeader.Length + offset, length, cancellationToken)
            : new MemoryStream(Records, (int)offset, (int)length, writable: false);
}
