using System.Text;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Operator;
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
        services.AddSingleton(provider => (IOperatorStore)provider.GetRequiredService<IShareStore>());
        services.AddSingleton<StartReport>();
        if (settings.Redis is not null)
        {
            services.AddSingleton<CountRequest>(provider => (policy, network, window) =>
                ((RedisShareStore)provider.GetRequiredService<IShareStore>()).Rates.CountAsync(
                    policy, Verifier.Of(Encoding.ASCII.GetBytes($"{network}")), window));
        }
    }

    /// <summary>Rather now than with the first request. What a store says of it is for the operator.</summary>
    public static async Task CheckBackendsAsync(this WebApplication app, ServerSettings settings)
    {
        var store = app.Services.GetRequiredService<IShareStore>();
        if (store is RedisShareStore redis)
            await redis.BeginAsync();
        await store.CheckAsync(CancellationToken.None);
        await app.Services.GetRequiredService<IBlobStore>().CheckAsync(CancellationToken.None);
        if (app.Services.GetService<S3Bucket>() is { MayList: false })
            LogMayNotList(app.Logger);
        app.Services.GetRequiredService<StartReport>().Lines = [.. Report(settings, store as RedisShareStore)];
    }

    private static IEnumerable<(string What, string Found)> Report(ServerSettings settings, RedisShareStore? redis)
    {
        yield return ("Shares", redis is null ? $"SQLite in {settings.DataFolder}, written and read back"
            : $"Redis at {settings.Redis!.EndPoints}, written and read back, "
                + (redis.IsGated ? "with the second gate for claims"
                    : "which forgets nothing that it has acknowledged"));
        yield return ("Blobs", settings.Bucket is { } bucket ? $"The bucket {bucket.Bucket}, written and read back"
            : $"{settings.DataFolder}, written and read back");
        yield return ("Address", settings.Web.BaseUrl?.AbsoluteUri ?? "What each request says: OTS_BASE_URL is unset");
        yield return ("TLS", settings.Web.Certificate is null ? "A proxy's" : "The server's own");
        yield return ("Proxies", settings.Web.TrustedProxies is { Count: > 0 } proxies
            ? string.Join(", ", proxies) : "None is trusted");
        yield return ("Rates", settings.Rates.On ? (redis is null ? "By this process" : "By all servers together")
            : "Off");
    }

    [LoggerMessage(LogLevel.Warning, "The access key may not list the bucket, so what a killed server leaves in it is "
        + "not found: allow it s3:ListBucket, or give the bucket a rule that deletes what is old.")]
    private static partial void LogMayNotList(ILogger logger);
}
