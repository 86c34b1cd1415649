using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Settings;

/// <summary>Sizes as operators write them: <c>20MB</c> is 20 * 10^6 bytes, <c>20MiB</c> is 20 * 2^20.</summary>
internal static class ByteSize
{
    private static readonly (string Name, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
        ("B", 1),
    ];

    /// <summary>A whole number with or without a unit; false for everything else and beyond 2^63 - 1 bytes.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        string digits = text;
        long unit = 1;
        foreach (var (name, value) in Units)
        {
            if (!text.EndsWith(name, StringComparison.Ordinal))
                continue;
            (digits, unit) = (text[..^name.Length].TrimEnd(' '), value);
            break;
        }
        bytes = 0;
        if (!Digits.TryParse(digits, out long count) || count > long.MaxValue / unit)
            return false;
        bytes = count * unit;
        return true;
    }
}
