using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// The few requests of S3 that blobs need, each with an end to its patience. Reads and listings are consistent with
/// what was written before them, as S3 has promised since 2020.
/// </summary>
internal sealed class S3Bucket : IDisposable
{
    private const int DeletesAtOnce = 8;

    /// <summary>A slower bucket than this many bytes a second is as good as none.</summary>
    private const int MinRate = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly AmazonS3Client _client;
    private readonly string _name;
    private readonly bool _isEncrypted;

    public S3Bucket(S3Options options)
    {
        _name = options.Bucket;
        _isEncrypted = options.Endpoint.Scheme == Uri.UriSchemeHttps;
        _client = new AmazonS3Client(
            new BasicAWSCredentials(options.AccessKey, options.SecretKey),
            new AmazonS3Config
            {
                ServiceURL = options.Endpoint.ToString(),
                AuthenticationRegion = options.Region,
                ForcePathStyle = options.PathStyle,
                ConnectTimeout = TimeSpan.FromSeconds(2),
                MaxErrorRetry = 2,
                AllowAutoRedirect = false,
                // Many servers refuse the checksums that the SDK would add, and every record has a tag of its own.
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
                ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            });
    }

    /// <summary>
    /// Who may not list a bucket is not told that something is missing either, only that it is forbidden.
    /// </summary>
    public bool MayList { get; private set; } = true;

    /// <summary>Whether what is deleted or replaced stays as an older version: known once something was put.</summary>
    public bool KeepsVersions { get; private set; }

    public void Dispose() => _client.Dispose();

    /// <summary>Replaces whatever has this key.</summary>
    public Task PutAsync(string key, ArraySegment<byte> bytes, CancellationToken cancellationToken) =>
        TryPutAsync(key, bytes, request => request, _ => false, cancellationToken);

    /// <summary>
    /// Creates an object, or replaces the one that has this <paramref name="etag"/>: of all who try, one succeeds.
    /// </summary>
    /// <returns>Its new ETag; null where it exists already, or is another by now.</returns>
    public Task<string?> TryPutAsync(
        string key, ArraySegment<byte> bytes, string? etag, CancellationToken cancellationToken) =>
        TryPutAsync(key, bytes, request =>
        {
            request.IfMatch = etag;
            request.IfNoneMatch = etag is null ? "*" : null;
            return request;
        }, S3Failure.IsConditionFailed, cancellationToken);

    /// <returns>All of an object; null where there is none.</returns>
    public Task<GetObjectResponse?> GetAsync(string key, CancellationToken cancellationToken) =>
        GetAsync(key, null, cancellationToken);

    /// <returns>These bytes of an object; null where there is none.</returns>
    public Task<GetObjectResponse?> GetAsync(
        string key, long offset, long length, CancellationToken cancellationToken) =>
        GetAsync(key, new ByteRange(offset, offset + length - 1), cancellationToken);

    /// <summary>
    /// Several at a time, each by a request of its own: some servers have no other, or ask for other rights. No error
    /// where there is none.
    /// </summary>
    public Task DeleteAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            keys, new ParallelOptions { MaxDegreeOfParallelism = DeletesAtOnce, CancellationToken = cancellationToken },
            async (key, cancel) =>
                await AskAsync(Patience, stop => _client.DeleteObjectAsync(_name, key, stop), cancel));

    /// <summary>All keys that begin with the prefix in their order, and when each was written.</summary>
    public async IAsyncEnumerable<(string Key, DateTimeOffset WrittenAt)> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name, Prefix = prefix };
        do
        {
            var page = await AskAsync(
                Patience + Patience, stop => _client.ListObjectsV2Async(request, stop), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
                yield return (found.Key, new DateTimeOffset(found.LastModified!.Value.ToUniversalTime()));
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    /// <summary>Finds out whether these keys may list the bucket.</summary>
    public async Task TryListAsync(CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = _name, MaxKeys = 1 };
        MayList = await TryAskAsync(
            Patience, stop => _client.ListObjectsV2Async(request, stop), S3Failure.IsForbidden, cancellationToken)
            is not null;
    }

    private bool IsMissing(AmazonS3Exception failure) =>
        S3Failure.IsMissing(failure) || (!MayList && S3Failure.IsForbidden(failure));

    private Task<GetObjectResponse?> GetAsync(string key, ByteRange? range, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = _name, Key = key, ByteRange = range };
        return TryAskAsync(Patience, stop => _client.GetObjectAsync(request, stop), IsMissing, cancellationToken);
    }

    private async Task<string?> TryPutAsync(
        string key, ArraySegment<byte> bytes, Func<PutObjectRequest, PutObjectRequest> condition,
        Func<AmazonS3Exception, bool> isAnswer, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        var request = condition(new PutObjectRequest
        {
            BucketName = _name,
            Key = key,
            InputStream = stream,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",
            DisablePayloadSigning = _isEncrypted ? true : null,
        });
        var patience = Patience + TimeSpan.FromSeconds((double)bytes.Count / MinRate);
        var answer = await TryAskAsync(
            patience, stop => _client.PutObjectAsync(request, stop), isAnswer, cancellationToken);
        if (answer is not null)
            KeepsVersions = answer.VersionId is { Length: > 0 } and not "null";
        // Without its quotes, which some servers would compare, too.
        return answer?.ETag.Trim('"');
    }

    private static async Task<T> AskAsync<T>(
        TimeSpan patience, Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class => (await TryAskAsync(patience, ask, _ => false, cancellationToken))!;

    /// <returns>Null where it fails in a way that is an answer.</returns>
    private static async Task<T?> TryAskAsync<T>(
        TimeSpan patience, Func<CancellationToken, Task<T>> ask, Func<AmazonS3Exception, bool> isAnswer,
        CancellationToken cancellationToken)
        where T : class
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(patience);
        try
        {
            return await AskAgainIfMisreadAsync(ask, bounded.Token);
        }
        catch (AmazonS3Exception failure) when (isAnswer(failure))
        {
            return null;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && S3Failure.IsOne(failure))
        {
            throw S3Failure.ToStoreException(failure);
        }
    }

    /// <summary>
    /// Some servers refuse a body unread, and take what is left of it for the connection's next request. Nothing was
    /// done then, and they close that connection.
    /// </summary>
    private static async Task<T> AskAgainIfMisreadAsync<T>(
        Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken);
        }
        catch (AmazonS3Exception failure) when (S3Failure.IsMisread(failure))
        {
            return await ask(cancellationToken);
        }
    }
}
