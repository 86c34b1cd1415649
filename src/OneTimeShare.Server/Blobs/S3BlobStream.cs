using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// A part of a blob that has segments, asked for one after the other: no answer waits half read for a slow reader longer
/// than its own segment takes.
/// </summary>
internal sealed class S3BlobStream : BlobStream
{
    private readonly S3Bucket _bucket;
    private readonly Queue<(string Key, long Offset, long Length)> _pieces = [];
    private Stream? _piece;

    private S3BlobStream(S3Bucket bucket, ShareId id, S3BlobIndex index, long offset, long length)
    {
        _bucket = bucket;
        foreach (var segment in index.Segments)
        {
            if (offset < segment.Length && length > 0)
            {
                long here = Math.Min(length, segment.Length - offset);
                _pieces.Enqueue((segment.KeyOf(id), offset, here));
                length -= here;
            }

            offset = Math.Max(0, offset - segment.Length);
        }
    }

    /// <summary>Null where there is no such blob, or where it is not complete or shorter.</summary>
    public static async Task<Stream?> TryOpenAsync(
        S3Bucket bucket, ShareId id, long offset, long length, CancellationToken cancellationToken)
    {
        if (await bucket.GetAsync(S3BlobIndex.KeyOf(id), cancellationToken) is not { } answer)
            return null;
        BoundedS3Stream? rest = new(answer.ResponseStream);
        try
        {
            var index = await S3BlobIndex.ReadAsync(rest, cancellationToken);
            if (index is not { IsComplete: true } || index.Length < offset + length)
                return null;
            if (index.Segments.Count > 0)
                return await TryOpenAsync(new S3BlobStream(bucket, id, index, offset, length), cancellationToken);
            if (!await TrySkipAsync(rest, offset, cancellationToken))
                return null;
            var part = rest;
            part.EndAfter(length);
            rest = null;
            return part;
        }
        finally
        {
            if (rest is not null)
                await rest.DisposeAsync();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (_piece is not null || _pieces.Count > 0)
        {
            if (_piece is null && !await TryNextAsync(cancellationToken))
                return 0; // lost: whoever counts knows that there was to be more
            int read = await _piece!.ReadAsync(buffer, cancellationToken);
            if (read > 0)
                return read;
            await _piece.DisposeAsync();
            _piece = null;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _piece?.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<Stream?> TryOpenAsync(S3BlobStream stream, CancellationToken cancellationToken) =>
        stream._pieces.Count == 0 || await stream.TryNextAsync(cancellationToken) ? stream : null;

    private async Task<bool> TryNextAsync(CancellationToken cancellationToken)
    {
        var (key, offset, length) = _pieces.Dequeue();
        var answer = await _bucket.GetAsync(key, offset, length, cancellationToken);
        if (answer is null)
            _pieces.Clear();
        else
            _piece = new BoundedS3Stream(answer.ResponseStream);
        return answer is not null;
    }

    /// <summary>A few MiB at most: a larger blob has segments.</summary>
    private static async Task<bool> TrySkipAsync(Stream stream, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(length, 64 << 10)];
        while (length > 0)
        {
            int read = await stream.ReadAsync(
                buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), cancellationToken);
            if (read == 0)
                return false;
            length -= read;
        }

        return true;
    }
}
