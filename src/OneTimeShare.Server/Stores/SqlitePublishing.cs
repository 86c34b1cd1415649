using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>A share's beginning, the count of what all of them hold, and the check that the store can write.</summary>
internal sealed class SqlitePublishing(
    SqliteConnection connection, SqliteCounts counts, ShareOptions options)
{
    private readonly SqliteStatement _reserve = new(connection, """
        UPDATE usage SET bytes = bytes + $held WHERE bytes + $held <= $max_storage
        """);

    private readonly SqliteStatement _insertContent = new(connection, """
        INSERT INTO contents (number, padding, manifest, records)
        VALUES ($number, zeroblob($padding), $manifest, $records)
        """);

    private readonly SqliteStatement _insertShare = new(connection, """
        INSERT INTO shares (id, link, claim, receipt, header, size, held, upload_length, has_blob,
                            created_at, expires_at, sweep_at, room)
        VALUES ($id, $link, $claim, $receipt, $header, $size, $held, $upload_length, $has_blob,
                $now, $expires_at, $expires_at, zeroblob(48))
        RETURNING number
        """);

    private readonly SqliteStatement _countCheck = new(connection, """
        UPDATE usage SET checks = checks + 1 RETURNING checks
        """);

    /// <summary>The bytes that a live share counts for.</summary>
    public static long HeldBy(NewShare share) => share.Size + share.Footer.Manifest.Length;

    public DateTimeOffset? Publish(NewShare share, long now) =>
        Reserve(HeldBy(share)) ? Insert(share, uploadLength: null, now) : null;

    public bool Reserve(long bytes) =>
        _reserve.With("$held", bytes).With("$max_storage", options.MaxStorage ?? long.MaxValue).Run() > 0;

    /// <summary>A share that has its room; with the length that it was uploaded in, where it came in pieces.</summary>
    public DateTimeOffset Insert(NewShare share, long? uploadLength, long now)
    {
        long expiresAt = now + (long)share.Lifetime.TotalMilliseconds;
        long? number = _insertShare
            .With("$id", share.Id.ToArray())
            .With("$link", share.Footer.LinkVerifier.ToArray())
            .With("$claim", share.Footer.ClaimVerifier.ToArray())
            .With("$receipt", share.ReceiptVerifier.ToArray())
            .With("$header", share.Header.Bytes.ToArray())
            .With("$size", share.Size)
            .With("$held", HeldBy(share))
            .With("$upload_length", uploadLength)
            .With("$has_blob", share.Records is null)
            .With("$now", now)
            .With("$expires_at", expiresAt)
            .Scalar();
        _insertContent
            .With("$number", number)
            .With("$padding", SqlitePadding.For(share.Footer.Manifest.Length, share.Records?.Length))
            .With("$manifest", share.Footer.Manifest.Bytes.ToArray())
            .With("$records", share.Records)
            .Run();
        counts.Add(ShareCount.Created);
        counts.Add(ShareCount.CreatedBytes, share.Size);
        return DateTimeOffset.FromUnixTimeMilliseconds(expiresAt);
    }

    public long CountCheck() => _countCheck.Scalar()!.Value;
}
