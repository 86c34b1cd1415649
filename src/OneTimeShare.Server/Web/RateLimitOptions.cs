using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

/// <summary>So many requests in each window of time.</summary>
internal readonly record struct Rate(int Count, TimeSpan Window)
{
    /// <summary>Reads <c>60/h</c>, <c>60/m</c> or <c>5/s</c>.</summary>
    public static bool TryParse(string text, out Rate rate)
    {
        var window = text switch
        {
            [.., '/', 's'] => TimeSpan.FromSeconds(1),
            [.., '/', 'm'] => TimeSpan.FromMinutes(1),
            [.., '/', 'h'] => TimeSpan.FromHours(1),
            [.., '/', 'd'] => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        rate = default;
        if (window == TimeSpan.Zero
            || !Digits.TryParse(text.AsSpan(..^2), out long count)
            || count is 0 or > int.MaxValue)
            return false;
        rate = new Rate((int)count, window);
        return true;
    }
}

/// <summary>How often one client's network may create and open.</summary>
internal sealed class RateLimitOptions
{
    public bool On { get; init; } = true;

    public Rate Create { get; init; } = new(60, TimeSpan.FromHours(1));

    public Rate Open { get; init; } = new(60, TimeSpan.FromMinutes(1));

    /// <summary>Null where there is none. Guesses at the operator's password are limited in any case.</summary>
    public Rate? For(string policy) => policy switch
    {
        RateLimits.Create => On ? Create : null,
        RateLimits.Open => On ? Open : null,
        RateLimits.SignIn => new Rate(10, TimeSpan.FromMinutes(1)),
        RateLimits.Operator => new Rate(300, TimeSpan.FromMinutes(1)),
        _ => throw new ArgumentException($"There is no rate \"{policy}\".", nameof(policy)),
    };
}
