using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>The one place that picks where blobs are kept.</summary>
internal static class BlobServices
{
    /// <summary>In a bucket where there is one, else in the data folder; the claim marks beside them.</summary>
    public static IServiceCollection AddBlobs(this IServiceCollection services, string dataFolder, S3Options? bucket)
    {
        if (bucket is null)
        {
            return services
                .AddSingleton<IBlobStore>(new DiskBlobStore(dataFolder))
                .AddSingleton<IClaimGate>(new DiskClaimGate(dataFolder));
        }
        return services
            .AddSingleton(_ => new S3Bucket(bucket))
            .AddSingleton<IBlobStore, S3BlobStore>()
            .AddSingleton<IClaimGate, S3ClaimGate>();
    }
}
