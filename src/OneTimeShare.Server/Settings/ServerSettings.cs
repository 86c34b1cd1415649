using System.Collections.Frozen;
using System.Net;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Settings;

/// <summary>Every setting of this server, read once at start: the only place that reads configuration.</summary>
internal sealed record ServerSettings(
    string DataFolder, RedisOptions? Redis, S3Options? Bucket, ShareOptions Shares, WebOptions Web,
    RateLimitOptions Rates)
{
    private static readonly string[] OfLaterVersions = ["OTS_ADMIN_PASSWORD"];

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
        foreach (string name in OfLaterVersions.Where(name => reader.Text(name) is not null))
            reader.Refuse($"{name} is set, but this version has nothing for it yet: unset it.");
        ListenAddresses.Check(environment, reader);
        var settings = new ServerSettings(
            Path.GetFullPath(reader.Text("OTS_DATA") ?? "./data"),
            RedisSettings.Read(reader), BucketSettings.Read(reader), ReadShares(reader), ReadWeb(reader),
            ReadRates(reader));
        reader.RefuseWhatNothingReads();
        problems = reader.Problems;
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

    private static WebOptions ReadWeb(SettingsReader reader)
    {
        string? text = reader.Text("OTS_BASE_URL");
        Uri? address = null;
        if (text is not null && !(Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out address)
            && address is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }))
        {
            reader.Refuse(
                $"OTS_BASE_URL is \"{text}\": give the address that people use, like https://share.example.org.");
            address = null;
        }
        return new WebOptions
        {
            BaseUrl = address is null ? null : ServerAddress.InAscii(address),
            TrustedProxies = ReadProxies(reader),
            CreateToken = reader.Text("OTS_CREATE_TOKEN"),
        };
    }

    private static List<IPNetwork> ReadProxies(SettingsReader reader)
    {
        var networks = new List<IPNetwork>();
        foreach (string text in reader.List("OTS_TRUSTED_PROXIES"))
        {
            if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
            {
                reader.Refuse(
                    $"OTS_TRUSTED_PROXIES has \"{text}\": give addresses or networks, like 10.0.0.7 or 10.0.0.0/8.");
            }
        }
        return networks;
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
