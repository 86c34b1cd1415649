using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Unfinished uploads. A row that has ended has no receipt, so that nothing finds it but the sweeper, until its blob is
/// deleted.
/// </summary>
internal sealed class SqliteUploads(SqliteConnection connection, SqlitePublishing publishing, ShareOptions options)
{
    public const int SweepLimit = 256;

    private readonly SqliteStatement _count = new(connection, """
        SELECT count(*) FROM uploads WHERE network = $network AND sweep_at > $now
        """);

    private readonly SqliteStatement _insert = new(connection, """
        INSERT INTO uploads (id, receipt, network, length, lifetime, ends_at, sweep_at)
        VALUES ($id, $receipt, $network, $length, $lifetime, $ends_at, $sweep_at)
        RETURNING number
        """);

    private readonly SqliteStatement _insertContent = new(connection, """
        INSERT INTO upload_contents (number, padding, head, tail)
        VALUES ($number, zeroblob($padding), zeroblob(0), zeroblob(0))
        """);

    private readonly SqliteStatement _find = new(connection, """
        SELECT received, length, lifetime, writer, head, tail FROM uploads JOIN upload_contents USING (number)
        WHERE id = $id AND receipt = $receipt AND sweep_at > $now
        """);

    // Fencing: the number goes up with every writer, and whoever has a lower one can do nothing any more.
    private readonly SqliteStatement _take = new(connection, """
        UPDATE uploads SET writer = $writer WHERE id = $id
        """);

    private readonly SqliteStatement _advance = new(connection, """
        UPDATE uploads SET received = $received, sweep_at = min($sweep_at, ends_at)
        WHERE id = $id AND writer = $writer AND receipt IS NOT NULL AND sweep_at > $now
        RETURNING sweep_at
        """);

    private readonly SqliteStatement _keepContent = new(connection, """
        UPDATE upload_contents SET padding = zeroblob($padding), head = $head, tail = $tail
        WHERE number = (SELECT number FROM uploads WHERE id = $id)
        """);

    private readonly SqliteStatement _deleteContent = new(connection, """
        DELETE FROM upload_contents WHERE number = (SELECT number FROM uploads WHERE id = $id)
        """);

    private readonly SqliteStatement _findLength = new(connection, """
        SELECT length FROM uploads
        WHERE id = $id AND receipt = $receipt AND writer = ifnull($writer, writer) AND sweep_at > $now
        """);

    private readonly SqliteStatement _giveBack = new(connection, """
        UPDATE usage SET bytes = bytes - $length
        """);

    private readonly SqliteStatement _end = new(connection, """
        UPDATE uploads SET receipt = NULL, network = NULL, length = 0, sweep_at = $now
        WHERE id = $id
        """);

    private readonly SqliteStatement _findDue = new(connection, """
        SELECT id, length FROM uploads WHERE sweep_at <= $now ORDER BY sweep_at LIMIT $limit
        """);

    private readonly SqliteStatement _delete = new(connection, """
        DELETE FROM uploads WHERE id = $id
        """);

    private readonly SqliteStatement _freed = new(connection, """
        DELETE FROM uploads WHERE id = $id AND receipt IS NULL
        """);

    private long Idle => (long)options.UploadIdle.TotalMilliseconds;

    public BegunUpload Begin(NewUpload upload, long now)
    {
        if (_count.With("$network", upload.Network.ToArray()).With("$now", now).Scalar() >= options.UploadsPerNetwork)
            return new BegunUpload(BeginOutcome.TooMany);
        if (!publishing.Reserve(upload.Length))
            return new BegunUpload(BeginOutcome.StorageFull);
        long endsAt = now + (long)options.UploadAge.TotalMilliseconds;
        long sweepAt = Math.Min(now + Idle, endsAt);
        long? number = _insert
            .With("$id", upload.Id.ToArray())
            .With("$receipt", upload.ReceiptVerifier.ToArray())
            .With("$network", upload.Network.ToArray())
            .With("$length", upload.Length)
            .With("$lifetime", (long)upload.Lifetime.TotalMilliseconds)
            .With("$ends_at", endsAt)
            .With("$sweep_at", sweepAt)
            .Scalar();
        _insertContent.With("$number", number).With("$padding", SqlitePadding.For(0, 0)).Run();
        return new BegunUpload(BeginOutcome.Begun, DateTimeOffset.FromUnixTimeMilliseconds(sweepAt));
    }

    public TakenUpload Take(ShareId id, Verifier receiptToken, long offset, long now)
    {
        using var row = _find
            .With("$id", id.ToArray())
            .With("$receipt", receiptToken.ToArray())
            .With("$now", now)
            .Read();
        if (!row.Read())
            return new TakenUpload(TakeOutcome.NotFound);
        if (row.GetInt64(0) != offset)
            return new TakenUpload(TakeOutcome.OffsetDiffers);
        var taken = new TakenUpload(
            TakeOutcome.Taken,
            Writer: row.GetInt64(3) + 1,
            Length: row.GetInt64(1),
            Lifetime: TimeSpan.FromMilliseconds(row.GetInt64(2)),
            Head: row.GetBytes(4),
            Tail: row.GetBytes(5));
        row.Dispose();
        _take.With("$id", id.ToArray()).With("$writer", taken.Writer).Run();
        return taken;
    }

    public DateTimeOffset? Advance(ShareId id, long writer, long offset, byte[] head, byte[] tail, long now)
    {
        long? sweepAt = _advance
            .With("$id", id.ToArray())
            .With("$writer", writer)
            .With("$received", offset)
            .With("$sweep_at", now + Idle)
            .With("$now", now)
            .Scalar();
        if (sweepAt is not { } at)
            return null;
        _keepContent
            .With("$id", id.ToArray())
            .With("$padding", SqlitePadding.For(head.Length, tail.Length))
            .With("$head", head)
            .With("$tail", tail)
            .Run();
        return DateTimeOffset.FromUnixTimeMilliseconds(at);
    }

    public DateTimeOffset? Publish(long writer, NewShare share, long now)
    {
        if (Find(share.Id, share.ReceiptVerifier, writer, now) is not { } reserved)
            return null;
        _deleteContent.With("$id", share.Id.ToArray()).Run();
        _delete.With("$id", share.Id.ToArray()).Run();
        GiveBack(reserved - SqlitePublishing.HeldBy(share));
        return publishing.Insert(share, reserved, now);
    }

    public bool End(ShareId id, Verifier receiptToken, long? writer, long now)
    {
        if (Find(id, receiptToken, writer, now) is not { } reserved)
            return false;
        End(id.ToArray(), reserved, now);
        return true;
    }

    /// <summary>Sweeps up to <see cref="SweepLimit"/> uploads, and answers all of them.</summary>
    public IReadOnlyList<ShareId> Sweep(long now)
    {
        var due = new List<(byte[] Id, long Length)>();
        using (var row = _findDue.With("$now", now).With("$limit", SweepLimit).Read())
        {
            while (row.Read())
                due.Add((row.GetBytes(0), row.GetInt64(1)));
        }

        // One that has ended before is put behind the others that are due, should its blob not let itself be deleted.
        foreach (var (id, length) in due)
            End(id, length, now);
        return [.. due.Select(upload => new ShareId(upload.Id))];
    }

    /// <returns>How many are forgotten now.</returns>
    public int Freed(IReadOnlyList<ShareId> ids) => ids.Sum(id => _freed.With("$id", id.ToArray()).Run());

    /// <returns>The length that it has reserved.</returns>
    private long? Find(ShareId id, Verifier receiptToken, long? writer, long now) => _findLength
        .With("$id", id.ToArray())
        .With("$receipt", receiptToken.ToArray())
        .With("$writer", writer)
        .With("$now", now)
        .Scalar();

    private void End(byte[] id, long length, long now)
    {
        GiveBack(length);
        _deleteContent.With("$id", id).Run();
        _end.With("$id", id).With("$now", now).Run();
    }

    private void GiveBack(long length) => _giveBack.With("$length", length).Run();
}
