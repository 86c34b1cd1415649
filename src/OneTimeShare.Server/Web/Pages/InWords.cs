using System.Globalization;

namespace OneTimeShare.Server.Web.Pages;

/// <summary>Sizes and times as the pages say them.</summary>
internal static class InWords
{
    /// <summary>MB is 10^6 bytes.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => Invariant($"{bytes / 1e9:0.##} GB"),
        >= 1_000_000 => Invariant($"{bytes / 1e6:0.##} MB"),
        >= 1_000 => Invariant($"{bytes / 1e3:0.##} kB"),
        _ => Count(bytes, "byte"),
    };

    /// <summary>In its largest unit alone.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => Count((long)age.TotalDays, "day"),
        { TotalHours: >= 1 } => Count((long)age.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Count((long)age.TotalMinutes, "minute"),
        _ => Count(Math.Max(0, (long)age.TotalSeconds), "second"),
    };

    /// <summary>Never less than it is.</summary>
    public static string Wait(TimeSpan wait) => wait switch
    {
        { TotalSeconds: <= 90 } => Count((long)Math.Ceiling(wait.TotalSeconds), "second"),
        { TotalMinutes: <= 90 } => Count((long)Math.Ceiling(wait.TotalMinutes), "minute"),
        _ => Count((long)Math.Ceiling(wait.TotalHours), "hour"),
    };

    public static string Lifetime(TimeSpan lifetime) => Unit(lifetime) switch
    {
        (var count, 'd') => Count(count, "day"),
        (var count, 'h') => Count(count, "hour"),
        (var count, 'm') => Count(count, "minute"),
        var (count, _) => Count(count, "second"),
    };

    /// <summary>As the upload form's <c>ttl</c> takes it: <c>30m</c>, <c>5h</c>, <c>7d</c> or seconds.</summary>
    public static string Ttl(TimeSpan lifetime) => Unit(lifetime) switch
    {
        (var count, 's') => Invariant($"{count}"),
        var (count, unit) => Invariant($"{count}{unit}"),
    };

    public static string Rfc3339(DateTimeOffset time) => Utc(time, "yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static string Time(DateTimeOffset time) => Utc(time, "d MMMM yyyy, HH:mm:ss 'UTC'");

    // The largest unit that leaves nothing over, so that what is sent is what was read.
    private static (long Count, char Unit) Unit(TimeSpan lifetime) => (long)lifetime.TotalSeconds switch
    {
        var seconds when seconds % 86_400 == 0 => (seconds / 86_400, 'd'),
        var seconds when seconds % 3_600 == 0 => (seconds / 3_600, 'h'),
        var seconds when seconds % 60 == 0 => (seconds / 60, 'm'),
        var seconds => (seconds, 's'),
    };

    private static string Count(long count, string thing) => Invariant($"{count} {thing}{(count == 1 ? "" : "s")}");

    private static string Utc(DateTimeOffset time, string format) =>
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
