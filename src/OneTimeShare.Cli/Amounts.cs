using System.Globalization;

namespace OneTimeShare.Cli;

/// <summary>Sizes and times as people write them.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["bytes", "kB", "MB", "GB", "TB"];

    /// <summary>As <c>1 byte</c>, <c>999 bytes</c>, <c>1.5 MB</c>.</summary>
    public static string Size(long bytes)
    {
        if (bytes < 1000)
            return bytes == 1 ? "1 byte" : string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes");
        double value = bytes;
        int unit = 0;
        while (value >= 999.95 && unit < Units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }

    /// <summary>As <c>0:07</c>, <c>12:34</c>, <c>1:02:03</c>.</summary>
    public static string Clock(TimeSpan time) => time.TotalHours switch
    {
        >= 96 => "days",
        >= 1 => FormattableString.Invariant($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}"),
        _ => FormattableString.Invariant($"{time.Minutes}:{time.Seconds:00}"),
    };

    /// <summary>As <c>7d</c>, <c>5h</c>, <c>30m</c>, <c>90s</c>: the largest unit that fits.</summary>
    public static string Lifetime(TimeSpan time)
    {
        long seconds = (long)time.TotalSeconds;
        return seconds switch
        {
            _ when seconds % 86_400 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400}d"),
            _ when seconds % 3_600 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3_600}h"),
            _ when seconds % 60 == 0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        };
    }

    /// <summary>Reads <c>30m</c>, <c>5h</c>, <c>7d</c>, <c>90s</c>, or seconds.</summary>
    public static bool TryParseLifetime(string text, out TimeSpan lifetime)
    {
        lifetime = default;
        if (text == "")
            return false;
        int unit = text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, _ => 0 };
        var digits = unit == 0 ? text : text.AsSpan(0, text.Length - 1);
        // More than ten thousand days are nobody's lifetime, and no overflow either.
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || (long)number * Math.Max(unit, 1) is var seconds && seconds > 864_000_000)
            return false;
        lifetime = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>In UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
