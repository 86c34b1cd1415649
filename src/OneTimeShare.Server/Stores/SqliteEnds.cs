using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>How shares end: by a token, or by time and the sweeper.</summary>
internal sealed class SqliteEnds(SqliteConnection connection, SqliteCounts counts, ShareOptions options)
{
    public const int SweepLimit = 256;

    public const string FindDue = $"""
        SELECT id, state, at, ended_as IS NOT NULL, has_blob, max(expires_at, at) + $history <= $now
        FROM {SqliteSchema.Standing} WHERE sweep_at <= $now ORDER BY sweep_at LIMIT $limit
        """;

    private readonly SqliteStatement _find = new(connection, $"""
        SELECT CASE WHEN claim_token = $token THEN 'delivered' WHEN receipt = $token THEN 'burned' END,
            state, at, ended_as IS NOT NULL
        FROM {SqliteSchema.Standing} WHERE id = $id
        """);

    private readonly SqliteStatement _giveBack = new(connection, """
        UPDATE usage SET bytes = bytes - (SELECT held FROM shares WHERE id = $id)
        """);

    private readonly SqliteStatement _deleteContent = new(connection, """
        DELETE FROM contents WHERE number = (SELECT number FROM shares WHERE id = $id)
        """);

    private readonly SqliteStatement _end = new(connection, """
        UPDATE shares
        SET ended_as = $ended_as, ended_at = $ended_at, claim = NULL, header = NULL, held = 0,
            sweep_at = CASE WHEN has_blob THEN $now ELSE max(expires_at, $ended_at) + $history END
        WHERE id = $id AND ended_as IS NULL
        """);

    private readonly SqliteStatement _findDue = new(connection, FindDue);

    // Behind all that are due now: a blob that cannot be deleted does not keep the sweeper from the others.
    private readonly SqliteStatement _postpone = new(connection, """
        UPDATE shares SET sweep_at = $now WHERE id = $id
        """);

    private readonly SqliteStatement _forget = new(connection, """
        DELETE FROM shares WHERE id = $id AND ended_as IS NOT NULL
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
        string state = row.GetString(1);
        long at = row.GetInt64(2);
        bool freed = row.GetBoolean(3);
        row.Dispose();

        // Time may have ended it already, and the first end stands.
        if (state is "pending" or "claimed")
            Free(id.ToArray(), by, now, now);
        else if (!freed)
            Free(id.ToArray(), state, at, now);
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
                Free(share.Id, share.State, share.At, now);
            if (share.HasBlob)
            {
                _postpone.With("$id", share.Id).With("$now", now).Run();
                withBlobs.Add(new ShareId(share.Id));
            }
            else if (share.IsHistory)
            {
                _forget.With("$id", share.Id).Run();
            }
        }

        return (withBlobs, due.Count, due.Count < SweepLimit);
    }

    /// <returns>How many held a blob until now.</returns>
    public int Freed(IReadOnlyList<ShareId> ids) =>
        ids.Sum(id => _freed.With("$id", id.ToArray()).With("$history", History).Run());

    private long History => (long)options.History.TotalMilliseconds;

    private void Free(byte[] id, string endedAs, long endedAt, long now)
    {
        _giveBack.With("$id", id).Run();
        _deleteContent.With("$id", id).Run();
        _end.With("$id", id)
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
                row.GetBytes(0),
                row.GetString(1),
                row.GetInt64(2),
                Freed: row.GetBoolean(3),
                HasBlob: row.GetBoolean(4),
                IsHistory: row.GetBoolean(5)));
        }

        return due;
    }

    private readonly record struct DueShare(byte[] Id, string State, long At, bool Freed, bool HasBlob, bool IsHistory);
}
