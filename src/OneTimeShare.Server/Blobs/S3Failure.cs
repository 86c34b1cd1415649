using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>
/// What the failures of a bucket mean to a store's caller. Its messages quote keys and hosts; ours do not.
/// </summary>
internal static class S3Failure
{
    /// <summary>A cancellation is one where the caller has not asked for it: patience has ended then.</summary>
    public static bool IsOne(Exception failure) => failure
        is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or SocketException
        or OperationCanceledException or TimeoutException or WebException;

    public static Exception ToStoreException(Exception failure) => failure switch
    {
        AmazonS3Exception refused when IsFull(refused) => new StorageFullException(
            $"There is no room left in the bucket ({ReasonOf(refused)}).", failure),
        AmazonServiceException { StatusCode: >= HttpStatusCode.BadRequest } refused => new StoreUnavailableException(
            $"The bucket refuses what it is asked for ({ReasonOf(refused)}){Advice(refused)}."),
        OperationCanceledException or TimeoutException => new StoreUnavailableException(
            "The bucket takes too long to answer."),
        _ => new StoreUnavailableException("The bucket cannot be reached."),
    };

    public static bool IsConditionFailed(AmazonS3Exception failure) => failure.StatusCode
        is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || IsMissing(failure);

    public static bool IsMissing(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.ErrorCode != "NoSuchBucket";

    public static bool IsForbidden(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.Forbidden && failure.ErrorCode is null or "" or "AccessDenied";

    /// <summary>A 400 without S3's own reason: the web server before it could not read the request.</summary>
    public static bool IsMisread(AmazonS3Exception failure) =>
        failure is { StatusCode: HttpStatusCode.BadRequest, ErrorCode: null or "" or "BadRequest" };

    private static bool IsFull(AmazonS3Exception failure) =>
        failure.StatusCode == HttpStatusCode.InsufficientStorage
        || failure.ErrorCode is { } code && (code.EndsWith("QuotaExceeded", StringComparison.Ordinal)
            || code.EndsWith("StorageFull", StringComparison.Ordinal));

    private static string ReasonOf(AmazonServiceException refused) =>
        string.IsNullOrEmpty(refused.ErrorCode) ? $"status {(int)refused.StatusCode}" : refused.ErrorCode;

    private static string Advice(AmazonServiceException refused) => refused.ErrorCode switch
    {
        "NoSuchBucket" => ": create it, or correct OTS_S3_BUCKET",
        "InvalidAccessKeyId" => ": correct OTS_S3_ACCESS_KEY",
        "SignatureDoesNotMatch" => ": correct OTS_S3_SECRET_KEY, or OTS_S3_REGION",
        "AuthorizationHeaderMalformed" => ": correct OTS_S3_REGION",
        "AccessDenied" => ": the access key needs the rights to get, put and delete objects in it",
        "RequestTimeTooSkewed" => ": correct this machine's clock",
        _ => "",
    };
}
