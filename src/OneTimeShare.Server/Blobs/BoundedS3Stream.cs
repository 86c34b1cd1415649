namespace OneTimeShare.Server.Blobs;

/// <summary>An answer's body, which may not be silent for ever.</summary>
internal sealed class BoundedS3Stream(Stream body) : BlobStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long _left = long.MaxValue;

    /// <summary>It has no more than these next bytes.</summary>
    public void EndAfter(long length) => _left = length;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var next = buffer[..(int)Math.Min(buffer.Length, _left)];
        if (next.IsEmpty)
            return 0;
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(Patience);
        try
        {
            int read = await body.ReadAsync(next, bounded.Token);
            _left -= read;
            return read;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && S3Failure.IsOne(failure))
        {
            throw S3Failure.ToStoreException(failure);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
