using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Counts what happens to shares: within the transaction in which it happens, written once for all that it holds.
/// </summary>
internal sealed class SqliteCounts(SqliteConnection connection)
{
    /// <summary>The hour of what is counted for ever.</summary>
    public const long Total = 0;

    /// <summary>Beside the other tables, since a program that knows nothing of it goes on without.</summary>
    public const string Table = """
        CREATE TABLE IF NOT EXISTS counts (
            hour  INTEGER NOT NULL,
            what  TEXT    NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (hour, what)
        ) STRICT, WITHOUT ROWID
        """;

    private const long Hour = 3_600_000;

    private readonly SqliteStatement _add = new(connection, """
        INSERT INTO counts (hour, what, count) VALUES ($hour, $what, $count)
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """);

    private readonly SqliteStatement _forget = new(connection, """
        DELETE FROM counts WHERE hour > 0 AND hour < $oldest
        """);

    private ShareCounts _counts = new();
    private bool _isEmpty = true;
    private long _lastHour;

    public void Add(ShareCount what, long count = 1)
    {
        _counts[what] += count;
        _isEmpty = false;
    }

    public void Clear()
    {
        if (_isEmpty)
            return;
        _counts = new ShareCounts();
        _isEmpty = true;
    }

    /// <summary>To be called before the commit.</summary>
    public void Write(long now)
    {
        if (_isEmpty)
            return;
        long hour = now / Hour;
        foreach (var what in ShareCounts.Kinds)
        {
            if (_counts[what] is 0)
                continue;
            Write(Total, what);
            Write(hour, what);
        }
        if (hour != _lastHour)
            _forget.With("$oldest", hour - (long)CountedShares.Kept.TotalHours).Run();
        _lastHour = hour;
        Clear();
    }

    public static DateTimeOffset TimeOf(long hour) => DateTimeOffset.FromUnixTimeMilliseconds(hour * Hour);

    private void Write(long hour, ShareCount what) => _add
        .With("$hour", hour)
        .With("$what", ShareCounts.NameOf(what))
        .With("$count", _counts[what])
        .Run();
}
