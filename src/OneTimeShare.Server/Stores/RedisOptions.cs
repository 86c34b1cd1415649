using StackExchange.Redis;

namespace OneTimeShare.Server.Stores;

/// <summary>Which Redis keeps the shares, and how.</summary>
internal sealed class RedisOptions
{
    public const string DefaultPrefix = "ots:";

    /// <summary>As the driver reads it: endpoints, and what it takes to be let in.</summary>
    public required string Connection { get; init; }

    /// <summary>What every key begins with, so that others may use the same Redis.</summary>
    public string Prefix { get; init; } = DefaultPrefix;

    /// <summary>Start though Redis does not keep what it has acknowledged, or may throw it out.</summary>
    public bool Unsafe { get; init; }

    /// <summary>How long one step of an act may take, so that a caller hears of a silent Redis within 2 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>As the operator gave them, without what it takes to be let in.</summary>
    public string EndPoints => string.Join(", ", (Parse(Connection)?.EndPoints ?? []).Select(RedisFailure.NameOf));

    /// <summary>Null where the driver cannot read it.</summary>
    public static ConfigurationOptions? Parse(string connection)
    {
        try
        {
            var parsed = ConfigurationOptions.Parse(connection, ignoreUnknown: false);
            return parsed.EndPoints.Count > 0 ? parsed : null;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or OverflowException)
        {
            return null;
        }
    }

    /// <summary>The prefix is before the braces that tell Redis which keys belong together.</summary>
    public static bool IsPrefix(string text) =>
        text.Length <= 64 && text.All(character => character is > ' ' and <= '~' and not ('{' or '}'));
}
