namespace OneTimeShare.Server.Blobs;

/// <summary>Which bucket keeps the blobs, and how to get at it.</summary>
/// <param name="Endpoint">Of the service, without the bucket.</param>
/// <param name="Bucket">One that exists already.</param>
/// <param name="AccessKey">Allowed to get, put and delete in it, and better to list it, too.</param>
/// <param name="SecretKey">The access key's.</param>
/// <param name="Region">What requests are signed for.</param>
/// <param name="PathStyle">Whether the bucket is in the path, or in the host's name.</param>
internal sealed record S3Options(
    Uri Endpoint, string Bucket, string AccessKey, string SecretKey, string Region, bool PathStyle)
{
    /// <summary>A record would write the keys, too.</summary>
    public override string ToString() => $"bucket {Bucket} at {Endpoint.GetLeftPart(UriPartial.Authority)}";
}
