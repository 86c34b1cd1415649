using System.Buffers;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>What a bucket's blobs share within a process.</summary>
internal sealed record S3Blobs(S3Bucket Bucket, S3Memory Memory, TimeProvider Time);

/// <summary>
/// A blob on its way to a bucket: segments of 8 MiB, each sent while the next one fills, and a rest that is still here.
/// Nothing refers to its segments before its index is saved.
/// </summary>
internal sealed class S3Blob(S3Blobs blobs, ShareId id, long writer) : IAsyncDisposable
{
    /// <summary>A rest that is longer than 1 MiB gets to be a segment, not to be sent again with the next index.</summary>
    private const int MaxRestOfUnfinished = 1 << 20;

    /// <summary>Where memory is short, a segment need not be longer.</summary>
    private const int ShortSegment = 256 << 10;

    /// <summary>A slow blob shows that somebody is writing it, long before it looks like an orphan.</summary>
    private static readonly TimeSpan SendAtLeastEvery = TimeSpan.FromMinutes(10);

    private readonly ulong _session = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
    private readonly List<S3Segment> _segments = [];
    private readonly CancellationTokenSource _disposed = new();
    private S3Buffer _rest = new(blobs.Memory);
    private Task _sending = Task.CompletedTask;
    private long _sentAt = blobs.Time.GetTimestamp();
    private int _segmentsSent;
    private string? _etag;

    /// <summary>Whether an index may have been saved of which nobody has heard.</summary>
    private bool _isUnsure;

    /// <summary>How many of the segments a saved index refers to.</summary>
    private int _segmentsSaved;

    private bool IsTheOnlyWriter => writer == 0;

    private long Length => _segments.Sum(segment => (long)segment.Length) + _rest.Length;

    /// <summary>Goes on behind the first bytes of what another writer has left.</summary>
    /// <returns>False where there are fewer.</returns>
    public async Task<bool> TryTakeAsync(long length, CancellationToken cancellationToken)
    {
        using var answer = await blobs.Bucket.GetAsync(S3BlobIndex.KeyOf(id), cancellationToken);
        if (answer is null)
            return length == 0;
        var stream = new BoundedS3Stream(answer.ResponseStream);
        if (await S3BlobIndex.ReadAsync(stream, cancellationToken) is not { } found || found.Length < length)
            return false;
        if (found.Writer >= writer)
            throw new BlobTakenOverException();
        _etag = answer.ETag.Trim('"');
        if (!await TakeAsync(found, stream, length, cancellationToken))
            return false;
        await SaveAsync(cancellationToken);
        await blobs.Bucket.DeleteAsync(
            found.Segments.Except(_segments).Select(segment => segment.KeyOf(id)), cancellationToken);
        return true;
    }

    public async ValueTask WriteAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        foreach (var piece in bytes)
        {
            for (var left = piece; !left.IsEmpty;)
            {
                left = left[_rest.Add(left.Span)..];
                if (_rest.IsFull)
                    await SendRestAsync(cancellationToken);
            }
        }

        bool isSlow = blobs.Time.GetElapsedTime(_sentAt) > SendAtLeastEvery;
        if ((isSlow && _rest.Length > 0) || (blobs.Memory.IsShort && _rest.Length >= ShortSegment))
            await SendRestAsync(cancellationToken);
    }

    /// <summary>All that was written so far is durable, and somebody else may go on behind it.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_rest.Length > MaxRestOfUnfinished)
            await SendRestAsync(cancellationToken);
        await _sending.WaitAsync(cancellationToken);
        if (_etag is not null || Length > 0)
            await PutIndexAsync(isComplete: false, cancellationToken);
    }

    /// <summary>All of it is durable, and may be read.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        // One that has segments has all of its bytes in segments, so that reading it begins with a short answer.
        if (_segments.Count > 0 && _rest.Length > 0)
            await SendRestAsync(cancellationToken);
        await _sending.WaitAsync(cancellationToken);
        await PutIndexAsync(isComplete: true, cancellationToken);
    }

    /// <summary>Segments that no index refers to are deleted; what is left of them, the orphan search finds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
        _rest.Dispose();
        if (_isUnsure && !IsTheOnlyWriter)
            return;
        var unsaved = _segments.Skip(_segmentsSaved).Select(segment => segment.KeyOf(id));
        try
        {
            await blobs.Bucket.DeleteAsync(
                _isUnsure ? unsaved.Append(S3BlobIndex.KeyOf(id)) : unsaved, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // A bucket that does not answer now has said so to whoever wrote.
        }
    }

    private async Task<bool> TakeAsync(
        S3BlobIndex found, Stream rest, long length, CancellationToken cancellationToken)
    {
        foreach (var segment in found.Segments)
        {
            if (segment.Length > length)
                return await TakePartAsync(segment, (int)length, cancellationToken);
            _segments.Add(segment);
            length -= segment.Length;
        }

        return await _rest.AddAsync(rest, (int)length, cancellationToken);
    }

    private async Task<bool> TakePartAsync(S3Segment segment, int length, CancellationToken cancellationToken)
    {
        if (length == 0)
            return true;
        using var answer = await blobs.Bucket.GetAsync(segment.KeyOf(id), 0, length, cancellationToken);
        return answer is not null
            && await _rest.AddAsync(new BoundedS3Stream(answer.ResponseStream), length, cancellationToken);
    }

    /// <summary>One segment at a time is on its way.</summary>
    private async Task SendRestAsync(CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken);
        var segment = new S3Segment(_session, _segmentsSent++, _rest.Length);
        _segments.Add(segment);
        _sending = SendAsync(segment, _rest);
        _rest = new S3Buffer(blobs.Memory);
        _sentAt = blobs.Time.GetTimestamp();
    }

    private async Task SendAsync(S3Segment segment, S3Buffer bytes)
    {
        using (bytes)
            await blobs.Bucket.PutAsync(segment.KeyOf(id), bytes.Bytes, _disposed.Token);
    }

    private async Task PutIndexAsync(bool isComplete, CancellationToken cancellationToken)
    {
        var index = new S3BlobIndex(_session, writer, isComplete, _segments, _rest.Length);
        byte[] bytes = index.ToArray(_rest.Bytes);
        _isUnsure = true;
        do
        {
            string? etag = await blobs.Bucket.TryPutAsync(S3BlobIndex.KeyOf(id), bytes, _etag, cancellationToken);
            _isUnsure = etag is null && !await IsThereAsync(index, cancellationToken);
            _etag = etag ?? _etag;
        }
        while (_isUnsure);
        _segmentsSaved = _segments.Count;
    }

    /// <summary>Looks what is in the place of an index that was not saved.</summary>
    /// <returns>Whether it is there for all that: its answer was lost, and the same request sent again.</returns>
    /// <exception cref="BlobTakenOverException">A newer writer has saved its own, or the blob is deleted.</exception>
    private async Task<bool> IsThereAsync(S3BlobIndex index, CancellationToken cancellationToken)
    {
        using var answer = await blobs.Bucket.GetAsync(S3BlobIndex.KeyOf(id), cancellationToken);
        if (answer is null && _etag is null)
            return false; // it has gone in between
        var found = answer is null
            ? null : await S3BlobIndex.ReadAsync(new BoundedS3Stream(answer.ResponseStream), cancellationToken);
        if (found is null || (found.Session != _session && found.Writer >= writer))
        {
            _isUnsure = false;
            throw new BlobTakenOverException();
        }

        _etag = answer!.ETag.Trim('"');
        return found.Session == _session && found.IsComplete == index.IsComplete && found.Length == index.Length;
    }
}
