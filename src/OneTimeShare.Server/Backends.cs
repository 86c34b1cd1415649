using System.Text;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Settings;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server;

/// <summary>Picks what keeps shares and blobs, by the settings.</summary>
internal static partial class Backends
{
    public static void AddBackends(this IServiceCollection services, ServerSettings settings)
    {
        services.AddBlobs(settings.DataFolder, settings.Bucket);
        services.AddSingleton<IShareStore>(provider => settings.Redis is { } redis
            ? new RedisShareStore(
                redis, settings.Shares, provider.GetRequiredService<IClaimGate>(), TimeProvider.System)
            : new SqliteShareStore(
                settings.DataFolder, settings.Shares, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => (IUploadStore)provider.GetRequiredService<IShareStore>());
        if (settings.Redis is not null)
        {
            services.AddSingleton<CountRequest>(provider => (policy, network, window) =>
                ((RedisShareStore)provider.GetRequiredService<IShareStore>()).Rates.CountAsync(
                    policy, Verifier.Of(Encoding.ASCII.GetBytes($"{network}")), window));
        }
    }

    /// <summary>Rather now than with the first request. What a store says of it is for the operator.</summary>
    public static async Task CheckBackendsAsync(this WebApplication app)
    {
        var store = app.Services.GetRequiredService<IShareStore>();
        if (store is RedisShareStore redis)
            await redis.BeginAsync();
        await store.CheckAsync(CancellationToken.None);
        await app.Services.GetRequiredService<IBlobStore>().CheckAsync(CancellationToken.None);
        if (app.Services.GetService<S3Bucket>() is { MayList: false })
            LogMayNotList(app.Logger);
    }

    [LoggerMessage(LogLevel.Warning, "The access key may not list the bucket, so what a killed server leaves in it is "
        + "not found: allow it s3:ListBucket, or give the bucket a rule that deletes what is old.")]
    private static partial void LogMayNotList(ILogger logger);
}
