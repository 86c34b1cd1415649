using OneTimeShare.Server.Stores;
using StackExchange.Redis;

namespace OneTimeShare.Server.Settings;

/// <summary>Which Redis, if any. Whether it is fit is asked at start, when it can be.</summary>
internal static class RedisSettings
{
    public static RedisOptions? Read(SettingsReader reader)
    {
        string? connection = reader.Text("OTS_REDIS");
        string? prefix = reader.Text("OTS_REDIS_PREFIX");
        string? unsafely = reader.Text("OTS_UNSAFE_REDIS");
        if (unsafely is not (null or "1"))
            reader.Refuse("OTS_UNSAFE_REDIS is neither 1 nor unset: give 1, or unset it.");
        if (prefix is not null && !RedisOptions.IsPrefix(prefix))
            reader.Refuse("OTS_REDIS_PREFIX has more than 64 characters, a space, a brace or one beyond ASCII.");
        if (connection is null)
        {
            RefuseWithoutRedis(reader, "OTS_REDIS_PREFIX", prefix);
            RefuseWithoutRedis(reader, "OTS_UNSAFE_REDIS", unsafely);
            return null;
        }
        CheckConnection(reader, connection);
        return new RedisOptions
        {
            Connection = connection,
            Prefix = prefix ?? RedisOptions.DefaultPrefix,
            Unsafe = unsafely is not null,
        };
    }

    // The value may have a password in it, and is not repeated.
    private static void CheckConnection(SettingsReader reader, string connection)
    {
        switch (RedisOptions.Parse(connection))
        {
            case null:
                reader.Refuse("OTS_REDIS cannot be read: give hosts and options like "
                    + "redis.example.org:6379,ssl=true,user=ots,password=..., or sentinels and serviceName=....");
                break;
            case { Proxy: not Proxy.None }:
                reader.Refuse("OTS_REDIS has a proxy, which lets no scripts through: name the Redis behind it.");
                break;
        }
    }

    private static void RefuseWithoutRedis(SettingsReader reader, string name, string? value)
    {
        if (value is not null)
            reader.Refuse($"{name} is set, and OTS_REDIS is not: set that, or unset this.");
    }
}
