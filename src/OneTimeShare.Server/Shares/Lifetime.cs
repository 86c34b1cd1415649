namespace OneTimeShare.Server.Shares;

/// <summary>How long a share waits for its reader, as people and programs write it.</summary>
internal static class Lifetime
{
    private const long HundredYears = 100L * 366 * 24 * 60 * 60;

    /// <summary>Seconds in digits, up to a hundred years; false for everything else.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<char> text, out TimeSpan lifetime) =>
        TryParse(text, unit: 1, out lifetime);

    /// <summary>Seconds, or a number with a unit: <c>45s</c>, <c>30m</c>, <c>5h</c>, <c>7d</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan lifetime) => text switch
    {
        [.. var count, 's'] => TryParse(count, unit: 1, out lifetime),
        [.. var count, 'm'] => TryParse(count, unit: 60, out lifetime),
        [.. var count, 'h'] => TryParse(count, unit: 60 * 60, out lifetime),
        [.. var count, 'd'] => TryParse(count, unit: 24 * 60 * 60, out lifetime),
        _ => TryParseSeconds(text, out lifetime),
    };

    private static bool TryParse(ReadOnlySpan<char> digits, long unit, out TimeSpan lifetime)
    {
        bool parsed = Digits.TryParse(digits, out long count) && count <= HundredYears / unit;
        lifetime = parsed ? TimeSpan.FromSeconds(count * unit) : default;
        return parsed;
    }
}
