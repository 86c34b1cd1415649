using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>How shares end: by a token, or by time and the sweeper.</summary>
internal sealed class SqliteEnds(SqliteConnection connection, SqliteCounts counts, ShareOptions options)
{
    public const int SweepLimit = 256;

    public const string FindDue = $"""
        SELECT number, id, state, at, ended_as IS NOT NULL, has_blob, max(expires_at, at) + $history <= $now
        FROM {SqliteSchema.Standing} WHERE sweep_at <= $now ORDER BY sweep_at LIMIT $limit
        """;

    private readonly SqliteStatement _find = new(connection, $"""
        SELECT CASE WHEN claim_token = $token THEN 'delivered' WHEN receipt = $token THEN 'burned' END,
            number, state, at, ended_as IS NOT NULL
        FROM {SqliteSchema.Standing} WHERE id = $id
        """);

    private readonly SqliteStatement _giveBack = new(connection, """
        UPDATE usage SET bytes = bytes - (SELECT held FROM shares WHERE number = $number)
        """);

    private readonly SqliteStatement _deleteContent = new(connection, """
        DELETE FROM contents WHERE number = $number
        """);

    private readonly SqliteStatement _end = new(connection, """
        UPDATE shares
        SET ended_as = $ended_as, ended_at = $ended_at, claim = NULL, header = NULL, held = 0,
            sweep_at = CASE WHEN has_blob THEN $now ELSE max(expires_at, $ended_at) + $history END
        WHERE number = $number AND ended_as IS NULL
        """);

    private readonly SqliteStatement _findDue = new(connection, FindDue);

    // Behind all that are due now: a blob that cannot be deleted does not keep the sweeper from the others.
    private readonly SqliteStatement _postpone = new(connection, """
        UPDATE shares SET sweep_at = $now WHERE number = $number
        """);

    private readonly SqliteStatement _forget = new(connection, """
        DELETE FROM shares WHERE number = $number AND ended_as IS NOT NULL
        """);

    private readonly SqliteStatement _freed = new(connection, """
        UPDATE shares SET has_blob = 0, sweep_at = max(expires_at, ended_at) + $history
        WHERE id = $id AND has_blob AND ended_as IS NOT NULL
        """);

    public EndOutcome End(ShareId id, Verifier token, long now)
    {
        using var row = _find.With("$id", id.ToArray()).With("$token", token.ToArray()).With("$now", now).Read();
        if (!row.Read() || row.IsDBNull(0))
            return EndOutcome.NotFound;
        string by = row.GetString(0);
        long number = row.GetInt64(1);
        string state = row.GetString(2);
        long at = row.GetInt64(3);
        bool freed = row.GetBoolean(4);
        row.Dispose();

        // Time may have ended it already, and the first end stands.
        if (state is "pending" or "claimed")
            Free(number, by, now, now);
        else if (!freed)
            Free(number, state, at, now);
        return EndOutcome.Ended;
    }

    /// <summary>Sweeps up to <see cref="SweepLimit"/> shares.</summary>
    /// <returns>Those with blobs, how many there were, and whether all that is due has been swept.</returns>
    public (IReadOnlyList<ShareId> WithBlobs, int Swept, bool Done) Sweep(long now)
    {
        var due = ReadDue(now);
        var withBlobs = new List<ShareId>();
        foreach (var share in due)
        {
            if (!share.Freed)
                Free(share.Number, share.State, share.At, now);
            if (share.HasBlob)
            {
                _postpone.With("$number", share.Number).With("$now", now).Run();
                withBlobs.Add(new ShareId(share.Id));
            }
            else if (share.IsHistory)
            {
                _forget.With("$number", share.Number).Run();
            }
        }

        return (withBlobs, due.Count, due.Count < SweepLimit);
    }

    /// <returns>How many held a blob until now.</returns>
    public int Freed(IReadOnlyList<ShareId> ids) =>
        ids.Sum(id => _freed.With("$id", id.ToArray()).With("$history", History).Run());

    private long History => (long)options.History.TotalMilliseconds;

    // By its number, which leads straight to its row: ids are random, and each would be looked for in another page.
    private void Free(long number, string endedAs, long endedAt, long now)
    {
        _giveBack.With("$number", number).Run();
        _deleteContent.With("$number", number).Run();
        _end.With("$number", number)
            .With("$ended_as", endedAs)
            .With("$ended_at", endedAt)
            .With("$history", History)
            .With("$now", now)
            .Run();
        counts.Add(ShareCounts.OfEnd(StoredState.Read(endedAs)));
    }

    private List<DueShare> ReadDue(long now)
    {
        var due = new List<DueShare>();
        using var row = _findDue.With("$now", now).With("$history", History).With("$limit", SweepLimit).Read();
        while (row.Read())
        {
            due.Add(new DueShare(
                row.GetInt64(0),
                row.GetBytes(1),
                row.GetString(2),
                row.GetInt64(3),
                Freed: row.GetBoolean(4),
                HasBlob: row.GetBoolean(5),
                IsHistory: row.GetBoolean(6)));
        }

        return due;
    }

    private readonly record struct DueShare(
        long Number, byte[] Id, string State, long At, bool Freed, bool HasBlob, bool IsHistory);
}
