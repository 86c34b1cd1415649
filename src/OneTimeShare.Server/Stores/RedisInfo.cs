using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>What a node says of itself: lines of names and values.</summary>
internal sealed class RedisInfo
{
    private readonly Dictionary<string, string> _values = [];

    private RedisInfo(string text)
    {
        foreach (string line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Split(':', 2) is [var name, var value])
                _values[name] = value;
        }
    }

    /// <summary>Null where it does not say.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    public static async Task<RedisInfo> ReadAsync(RedisConnection redis, IServer server, string section) =>
        new((string?)await redis.AskAsync(server, "INFO", section) ?? "");

    public bool Has(string name, string value) => this[name] == value;
}
