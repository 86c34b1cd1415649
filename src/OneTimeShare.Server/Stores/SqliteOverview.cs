using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>What the operator sees: shares by number, the newest first, and the counts.</summary>
internal sealed class SqliteOverview(SqliteConnection connection)
{
    private const string Columns = "number, id, state, at, size, created_at, expires_at, failed_attempts, receipt";

    public const string List = $"""
        SELECT {Columns} FROM {SqliteSchema.Standing} WHERE number < $before ORDER BY number DESC LIMIT $limit
        """;

    private readonly SqliteStatement _list = new(connection, List);

    private readonly SqliteStatement _find = new(connection, $"""
        SELECT {Columns} FROM {SqliteSchema.Standing} WHERE id = $id
        """);

    private readonly SqliteStatement _counts = new(connection, "SELECT hour, what, count FROM counts");

    public SharePage Page(long? from, int limit, long now)
    {
        var shares = new List<ListedShare>(limit);
        long last = 0;
        using var row = _list.With("$before", from ?? long.MaxValue).With("$limit", limit).With("$now", now).Read();
        while (row.Read())
        {
            last = row.GetInt64(0);
            shares.Add(Read(row));
        }
        return new SharePage(shares, shares.Count == limit ? last : null);
    }

    public ListedShare? Find(ShareId id, long now)
    {
        using var row = _find.With("$id", id.ToArray()).With("$now", now).Read();
        return row.Read() ? Read(row) : null;
    }

    public CountedShares Counts()
    {
        var total = new ShareCounts();
        var hours = new SortedDictionary<DateTimeOffset, ShareCounts>();
        using var row = _counts.Read();
        while (row.Read())
        {
            if (ShareCounts.WithName(row.GetString(1)) is not { } what)
                continue;
            var counts = total;
            if (row.GetInt64(0) is var hour and not SqliteCounts.Total
                && !hours.TryGetValue(SqliteCounts.TimeOf(hour), out counts))
                hours[SqliteCounts.TimeOf(hour)] = counts = new ShareCounts();
            counts[what] = row.GetInt64(2);
        }
        return new CountedShares(total, hours);
    }

    private static ListedShare Read(SqliteRows row) => new(
        new ShareId(row.GetBytes(1)),
        row.GetState(2),
        row.GetTime(3),
        Size: row.GetInt64(4),
        CreatedAt: row.GetTime(5),
        ExpiresAt: row.GetTime(6),
        FailedAttempts: row.GetInt32(7),
        Receipt: new Verifier(row.GetBytes(8)));
}
