using System.Buffers;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>A blob that is written from its start to its end at once.</summary>
internal sealed class S3BlobWriter(S3Blob blob) : IBlobWriter
{
    public ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken) =>
        blob.WriteAsync(bytes, cancellationToken);

    public Task CompleteAsync(CancellationToken cancellationToken) => blob.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => blob.DisposeAsync();
}
