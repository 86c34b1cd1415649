using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Tests.Blobs;

namespace OneTimeShare.Server.Tests;

/// <summary>The server as it ships, with its blobs in a bucket of its own.</summary>
public sealed class RunningS3Server : RunningServer
{
    internal S3Options Bucket { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        Set(S3Server.Settings(Bucket));
        await base.InitializeAsync();
    }

    /// <summary>Whether the bytes are in the bucket, or in any file of the data folder.</summary>
    internal override bool Holds(ReadOnlySpan<byte> bytes)
    {
        foreach (byte[] stored in S3Server.ReadAllAsync(Bucket).GetAwaiter().GetResult().Values)
        {
            if (stored.AsSpan().IndexOf(bytes) >= 0)
                return true;
        }
        return base.Holds(bytes);
    }

    internal override async Task LoseBlobAsync(string id)
    {
        using var client = S3Server.ClientOf(Bucket);
        await client.DeleteObjectAsync(
            Bucket.Bucket, S3BlobIndex.KeyOf(new ShareId(StrictBase64Url.Decode(id))));
    }
}
