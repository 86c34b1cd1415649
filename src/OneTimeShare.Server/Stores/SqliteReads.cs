using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>The acts that change nothing, on a connection of their own.</summary>
internal sealed class SqliteReads(SqliteConnection connection, ShareOptions options, TimeProvider time) : IDisposable
{
    private readonly SqliteStatement _preview = new(connection, $"""
        SELECT
            CASE
                WHEN link <> $link THEN 'not found'
                WHEN state = 'pending' THEN 'found'
                WHEN state = 'claimed' AND claim_token = $claim_token THEN 'found'
                ELSE 'ended'
            END,
            state, at, header, size, expires_at, state = 'pending' AND failed_attempts >= $max_attempts
        FROM {SqliteSchema.Standing} WHERE id = $id
        """);

    private readonly SqliteStatement _deliver = new(connection, $"""
        SELECT state, at, lease_until, size, records
        FROM {SqliteSchema.Standing} LEFT JOIN contents USING (number)
        WHERE id = $id AND claim_token = $claim_token
        """);

    private readonly SqliteStatement _receipt = new(connection, $"""
        SELECT state, at, created_at, expires_at, claimed_at, failed_attempts
        FROM {SqliteSchema.Standing} WHERE id = $id AND receipt = $receipt
        """);

    private readonly SqliteStatement _holdsBlob = new(connection, $"""
        SELECT 1 FROM {SqliteSchema.Standing} WHERE id = $id AND has_blob AND state IN ('pending', 'claimed')
        UNION ALL SELECT 1 FROM uploads WHERE id = $id AND receipt IS NOT NULL AND sweep_at > $now
        """);

    // In this order: between the two looks an upload may become a share, and never the other way round.
    private readonly SqliteStatement _upload = new(connection, """
        SELECT received, length, sweep_at FROM uploads WHERE id = $id AND receipt = $receipt AND sweep_at > $now
        """);

    private readonly SqliteStatement _uploaded = new(connection, """
        SELECT upload_length FROM shares WHERE id = $id AND receipt = $receipt
        """);

    private readonly SqliteStatement _storageUsed = new(connection, "SELECT bytes FROM usage");

    private readonly SqliteStatement _freeBytes = new(connection, """
        SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size
        """);

    private readonly SqliteStatement _checks = new(connection, "SELECT checks FROM usage");

    private readonly SqliteOverview _overview = new(connection);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Preview Preview(ShareId id, Verifier link, Verifier? claimToken)
    {
        using var row = _preview
            .With("$id", id.ToArray())
            .With("$link", link.ToArray())
            .With("$claim_token", claimToken?.ToArray())
            .With("$max_attempts", options.MaxPassphraseAttempts)
            .With("$now", Now)
            .Read();
        if (!row.Read() || row.GetString(0) == "not found")
            return new Preview(PreviewOutcome.NotFound);
        if (row.GetString(0) == "ended")
            return new Preview(PreviewOutcome.Ended, new Ending(row.GetState(1), row.GetTime(2)));
        if (EnvelopeHeader.Read(row.GetBytes(3), out var header) is not null)
            throw new StoreUnavailableException("shares.db has a live share with a damaged header.");
        return new Preview(
            PreviewOutcome.Found,
            Header: header,
            Size: row.GetInt64(4),
            ExpiresAt: row.GetTime(5),
            Locked: row.GetBoolean(6),
            Claimed: row.GetState(1) is ShareState.Claimed);
    }

    public Delivery Deliver(ShareId id, Verifier claimToken)
    {
        using var row = _deliver
            .With("$id", id.ToArray())
            .With("$claim_token", claimToken.ToArray())
            .With("$now", Now)
            .Read();
        if (!row.Read())
            return new Delivery(DeliveryOutcome.NotFound);
        if (row.GetState(0) is var state and not ShareState.Claimed)
            return new Delivery(DeliveryOutcome.Ended, new Ending(state, row.GetTime(1)));
        return new Delivery(
            DeliveryOutcome.Claimed,
            ClaimedAt: row.GetTime(1),
            LeaseUntil: row.GetTime(2),
            Content: new ClaimedContent(id, row.GetInt64(3), row.GetBytesOrNull(4)));
    }

    public Receipt? Receipt(ShareId id, Verifier receiptToken)
    {
        using var row = _receipt
            .With("$id", id.ToArray())
            .With("$receipt", receiptToken.ToArray())
            .With("$now", Now)
            .Read();
        if (!row.Read())
            return null;
        return Shares.Receipt.Of(
            row.GetState(0), at: row.GetTime(1), createdAt: row.GetTime(2), expiresAt: row.GetTime(3),
            claimedAt: row.GetTimeOrNull(4), failedAttempts: row.GetInt32(5), options.MaxPassphraseAttempts);
    }

    public FoundUpload? Upload(ShareId id, Verifier receiptToken)
    {
        using var row = _upload
            .With("$id", id.ToArray())
            .With("$receipt", receiptToken.ToArray())
            .With("$now", Now)
            .Read();
        if (row.Read())
            return new FoundUpload(row.GetInt64(0), row.GetInt64(1), row.GetTime(2));
        long? length = _uploaded.With("$id", id.ToArray()).With("$receipt", receiptToken.ToArray()).Scalar();
        return length is { } all ? new FoundUpload(all, all, ExpiresAt: null) : null;
    }

    public IReadOnlyList<ShareId> Orphans(IReadOnlyList<ShareId> ids)
    {
        long now = Now;
        return [.. ids.Where(id => _holdsBlob.With("$id", id.ToArray()).With("$now", now).Scalar() is null)];
    }

    public long StorageUsed() => _storageUsed.Scalar()!.Value;

    public long FreeBytes() => _freeBytes.Scalar()!.Value;

    public SharePage Page(long? from, int limit) => _overview.Page(from, limit, Now);

    public ListedShare? Find(ShareId id) => _overview.Find(id, Now);

    public CountedShares Counts() => _overview.Counts();

    public long Checks() => _checks.Scalar()!.Value;

    // The connection's statements go with it.
    public void Dispose() => connection.Dispose();
}
