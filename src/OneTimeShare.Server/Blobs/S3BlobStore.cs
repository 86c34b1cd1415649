using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// Blobs in a bucket: an index by the blob's name, and what is long in segments beside it (docs/adr/0007).
/// </summary>
internal sealed class S3BlobStore(S3Bucket bucket, TimeProvider time) : IBlobStore
{
    private readonly S3Blobs _blobs = new(bucket, new S3Memory(), time);
    private readonly NewestAppenders<S3BlobAppender> _appenders = new();
    private bool _isProven;

    public Task<IBlobWriter> CreateAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IBlobWriter>(new S3BlobWriter(new S3Blob(_blobs, id, writer: 0)));
    }

    public async Task<IBlobAppender> ContinueAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var appender = new S3BlobAppender(_blobs, id, _appenders);
        if (_appenders.Replace(id, appender) is { } older)
            await older.CloseAsync();
        return appender;
    }

    public Task<Stream?> OpenAsync(ShareId id, long offset, long length, CancellationToken cancellationToken) =>
        S3BlobStream.TryOpenAsync(bucket, id, offset, length, cancellationToken);

    public async Task DeleteAsync(ShareId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_appenders.Replace(id, null) is { } appender)
            await appender.CloseAsync();
        string index = S3BlobIndex.KeyOf(id);
        var keys = bucket.MayList
            ? await bucket.ListAsync(index, cancellationToken).Select(found => found.Key).ToListAsync(cancellationToken)
            : await KnownKeysAsync(id, cancellationToken);
        // The index last: without it nobody who may not list would know of the others.
        await bucket.DeleteAsync(keys.Where(key => key != index), cancellationToken);
        if (keys.Contains(index))
            await bucket.DeleteAsync([index], cancellationToken);
    }

    public async IAsyncEnumerable<ShareId> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!bucket.MayList)
            yield break;
        (ShareId Id, bool IsOld)? current = null;
        await foreach (var (key, writtenAt) in bucket.ListAsync(S3BlobIndex.Prefix, cancellationToken))
        {
            if (!S3BlobIndex.TryParseKey(key, out var id))
                continue;
            if (current is { IsOld: true } previous && previous.Id != id)
                yield return previous.Id;
            // Its last segment says how long nobody has been writing it.
            bool isOld = writtenAt < before && (current?.Id != id || current.Value.IsOld);
            current = (id, isOld);
        }

        if (current is { IsOld: true } last)
            yield return last.Id;
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (!_isProven)
            await bucket.TryListAsync(cancellationToken);
        byte[] probe = RandomNumberGenerator.GetBytes(16);
        string key = "checks/" + Convert.ToHexStringLower(probe);
        // Before the try: who may not write may not delete either, and hears the reason of the first refusal.
        string etag = await bucket.TryPutAsync(key, probe, null, cancellationToken)
            ?? throw new StoreUnavailableException("The bucket has what was never written to it.");
        try
        {
            if (bucket.KeepsVersions)
            {
                throw new StoreUnavailableException("The bucket keeps versions, so that nothing in it is ever gone: "
                    + "switch its versioning off, and delete the old versions");
            }
            if (!_isProven)
                await ProveConditionsAsync(key, probe, etag, cancellationToken);
            using var answer = await bucket.GetAsync(key, cancellationToken)
                ?? throw new StoreUnavailableException("The bucket does not give back what was written to it.");
            var read = new byte[probe.Length];
            int length = await new BoundedS3Stream(answer.ResponseStream)
                .ReadAtLeastAsync(read, read.Length, false, cancellationToken);
            if (!read.AsSpan(0, length).SequenceEqual(probe))
                throw new StoreUnavailableException("The bucket gives back other bytes than were written to it.");
            _isProven = true;
        }
        finally
        {
            await bucket.DeleteAsync([key], CancellationToken.None);
        }
    }

    /// <summary>No writer may overwrite what it has not seen: all of the fencing rests on this.</summary>
    private async Task ProveConditionsAsync(
        string key, byte[] probe, string etag, CancellationToken cancellationToken)
    {
        const string advice = ": use an S3 server that keeps to it";
        if (await bucket.TryPutAsync(key, probe, null, cancellationToken) is not null)
            throw new StoreUnavailableException($"The bucket ignores If-None-Match on PUT{advice}.");
        if (await bucket.TryPutAsync(key, probe, new string('0', etag.Length), cancellationToken) is not null)
            throw new StoreUnavailableException($"The bucket ignores If-Match on PUT{advice}.");
        if (await bucket.TryPutAsync(key, probe, etag, cancellationToken) is null)
            throw new StoreUnavailableException($"The bucket does not understand If-Match on PUT{advice}.");
    }

    private async Task<List<string>> KnownKeysAsync(ShareId id, CancellationToken cancellationToken)
    {
        using var answer = await bucket.GetAsync(S3BlobIndex.KeyOf(id), cancellationToken);
        var index = answer is null
            ? null : await S3BlobIndex.ReadAsync(new BoundedS3Stream(answer.ResponseStream), cancellationToken);
        return [S3BlobIndex.KeyOf(id), .. index?.Segments.Select(segment => segment.KeyOf(id)) ?? []];
    }
}
