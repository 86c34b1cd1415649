using System.Collections.Frozen;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Operator;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Settings;

/// <summary>Every setting of this server, read once at start: the only place that reads configuration.</summary>
internal sealed record ServerSettings(
    string DataFolder, RedisOptions? Redis, S3Options? Bucket, ShareOptions Shares, WebOptions Web,
    RateLimitOptions Rates, OperatorOptions Operator, bool JsonLogs, bool SendsTelemetry)
{
    /// <summary>Where everything is that is kept, as an operator would say it.</summary>
    public string Places => (Redis, Bucket) switch
    {
        (null, null) => DataFolder,
        (null, _) => $"{DataFolder} and {Bucket}",
        (_, null) => $"Redis at {Redis.EndPoints} and {DataFolder}",
        _ => $"Redis at {Redis.EndPoints} and {Bucket}",
    };

    /// <summary>A request of an upload may be silent for two minutes itself.</summary>
    private static readonly TimeSpan MinUploadIdle = TimeSpan.FromMinutes(5);

    /// <summary>The settings, and a sentence for each that is wrong: with one of those, do not start.</summary>
    public static ServerSettings Read(IConfiguration environment, out IReadOnlyList<string> problems)
    {
        var reader = new SettingsReader(environment);
        var settings = Read(reader, environment);
        reader.RefuseWhatNothingReads();
        problems = reader.Problems;
        return settings;
    }

    internal static ServerSettings Read(SettingsReader reader, IConfiguration environment)
    {
        var settings = new ServerSettings(
            Path.GetFullPath(reader.Text("OTS_DATA") ?? "./data"),
            RedisSettings.Read(reader), BucketSettings.Read(reader), ReadShares(reader), WebSettings.Read(reader),
            ReadRates(reader), OperatorSettings.Read(reader), ReadsLogsByProgram(reader),
            SendsTelemetry: environment["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 });
        ListenAddresses.Check(environment, reader, settings.Web.Certificate is not null);
        return settings;
    }

    private static ShareOptions ReadShares(SettingsReader reader)
    {
        var defaults = new ShareOptions();
        var second = TimeSpan.FromSeconds(1);
        var min = reader.Duration("OTS_TTL_MIN", defaults.MinLifetime, second);
        var max = reader.Duration("OTS_TTL_MAX", defaults.MaxLifetime, second);
        var chosen = reader.Duration("OTS_TTL_DEFAULT", Clamp(defaults.DefaultLifetime, min, max), second);
        if (min > max)
            reader.Refuse("OTS_TTL_MIN is more than OTS_TTL_MAX.");
        else if (chosen < min || chosen > max)
            reader.Refuse("OTS_TTL_DEFAULT is not between OTS_TTL_MIN and OTS_TTL_MAX.");
        long? maxSize = reader.Size("OTS_MAX_SIZE", 1, Padding.MaxLength);
        long? maxStorage = reader.Size("OTS_MAX_STORAGE", 1, long.MaxValue);
        if (maxSize > maxStorage)
            reader.Refuse("OTS_MAX_SIZE is more than OTS_MAX_STORAGE.");
        return new ShareOptions
        {
            MaxSize = maxSize ?? defaults.MaxSize,
            MaxStorage = maxStorage,
            MinLifetime = min,
            MaxLifetime = max,
            DefaultLifetime = chosen,
            Lease = reader.Duration("OTS_LEASE", defaults.Lease, TimeSpan.FromMinutes(1)),
            History = reader.Duration("OTS_HISTORY", defaults.History, TimeSpan.Zero),
            UploadIdle = reader.Duration("OTS_UPLOAD_IDLE", defaults.UploadIdle, MinUploadIdle),
            Extensions = ReadExtensions(reader, defaults.Extensions),
            MaxPassphraseAttempts = reader.Number(
                "OTS_MAX_PASSPHRASE_ATTEMPTS", defaults.MaxPassphraseAttempts, min: 1, max: 1_000),
        };
    }

    private static FrozenSet<string>? ReadExtensions(SettingsReader reader, FrozenSet<string>? fallback)
    {
        string[] extensions =
            [.. reader.List("OTS_EXTENSIONS").Select(extension => extension.TrimStart('.').ToLowerInvariant())];
        return extensions switch
        {
            [] => fallback,
            ["*"] => null,
            _ => extensions.ToFrozenSet(),
        };
    }

    private static bool ReadsLogsByProgram(SettingsReader reader)
    {
        string? log = reader.Text("OTS_LOG");
        if (log is not (null or "text" or "json"))
            reader.Refuse($"OTS_LOG is \"{log}\": give text or json.");
        return log == "json";
    }

    private static RateLimitOptions ReadRates(SettingsReader reader)
    {
        var defaults = new RateLimitOptions();
        string? on = reader.Text("OTS_RATE_LIMITS");
        if (on is not (null or "on" or "off"))
            reader.Refuse($"OTS_RATE_LIMITS is \"{on}\": give on or off.");
        return new RateLimitOptions
        {
            On = on != "off",
            Create = ReadRate(reader, "OTS_RATE_CREATE", defaults.Create),
            Open = ReadRate(reader, "OTS_RATE_OPEN", defaults.Open),
        };
    }

    private static Rate ReadRate(SettingsReader reader, string name, Rate fallback)
    {
        if (reader.Text(name) is not { } text)
            return fallback;
        if (Rate.TryParse(text, out var rate))
            return rate;
        reader.Refuse($"{name} is \"{text}\": give a number and a unit of time, like 60/h, 60/m or 5/s.");
        return fallback;
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan min, TimeSpan max) =>
        value < min ? min : value > max ? max : value;
}
