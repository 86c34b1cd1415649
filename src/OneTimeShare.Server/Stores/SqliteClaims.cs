using Microsoft.Data.Sqlite;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>The one atomic check, and what follows from it: counting, unlocking, claiming.</summary>
internal sealed class SqliteClaims(SqliteConnection connection, SqliteCounts counts, ShareOptions options)
{
    // The order of the arms is the order of the answers. A token that is NULL equals nothing.
    private readonly SqliteStatement _check = new(connection, $"""
        SELECT
            CASE
                WHEN link <> $link THEN 'not found'
                WHEN state = 'claimed' AND claim_token = $claim_token THEN 'passed'
                WHEN state <> 'pending' THEN 'ended'
                WHEN failed_attempts >= $max_attempts THEN 'locked'
                WHEN claim <> $claim THEN 'wrong claim proof'
                ELSE 'passed'
            END,
            state, at, failed_attempts, size, expires_at, lease_until, number
        FROM {SqliteSchema.Standing} WHERE id = $id
        """);

    private readonly SqliteStatement _countFailure = new(connection, """
        UPDATE shares SET failed_attempts = failed_attempts + 1 WHERE id = $id
        """);

    // The check's winning condition once more, so that this line is safe wherever it is read.
    private readonly SqliteStatement _claim = new(connection, """
        UPDATE shares
        SET claim_token = $claim_token, claimed_at = $now, lease_until = $lease_until, sweep_at = $lease_until,
            room = NULL
        WHERE id = $id AND link = $link AND claim = $claim AND failed_attempts < $max_attempts
            AND claimed_at IS NULL AND ended_at IS NULL AND expires_at > $now
        """);

    private readonly SqliteStatement _readContent = new(connection, """
        SELECT manifest, records FROM contents WHERE number = $number
        """);

    private readonly SqliteStatement _shortenLease = new(connection, """
        UPDATE shares SET lease_until = $lease_until, sweep_at = $lease_until
        WHERE id = $id AND claim_token = $claim_token AND ended_at IS NULL AND lease_until > $lease_until
        """);

    private readonly SqliteStatement _allowAttempts = new(connection, """
        UPDATE shares SET failed_attempts = 0 WHERE id = $id AND receipt = $receipt
        """);

    public Unlock Unlock(ShareId id, Shown shown, long now)
    {
        var share = CheckAndCount(id, shown, now);
        return share.Check.Outcome == CheckOutcome.Passed
            ? new Unlock(share.Check, ReadContent(share.Number).Manifest, share.Size, share.ExpiresAt)
            : new Unlock(share.Check);
    }

    public Claim Claim(ShareId id, Shown shown, long now)
    {
        var share = CheckAndCount(id, shown, now);
        return share.Check.Outcome == CheckOutcome.Passed ? Take(id, shown, share, now) : new Claim(share.Check);
    }

    /// <returns>How many leases are shorter now.</returns>
    public int ShortenLease(ShareId id, Verifier claimToken, TimeSpan lease, long now) => _shortenLease
        .With("$id", id.ToArray())
        .With("$claim_token", claimToken.ToArray())
        .With("$lease_until", now + (long)lease.TotalMilliseconds)
        .Run();

    public bool AllowAttempts(ShareId id, Verifier receiptToken) => _allowAttempts
        .With("$id", id.ToArray())
        .With("$receipt", receiptToken.ToArray())
        .Run() > 0;

    private CheckedShare CheckAndCount(ShareId id, Shown shown, long now)
    {
        var share = Check(id, shown, now);
        if (share.Check.Outcome == CheckOutcome.WrongClaimProof)
        {
            _countFailure.With("$id", id.ToArray()).Run();
            counts.Add(ShareCount.WrongPassphrases);
        }
        return share;
    }

    private CheckedShare Check(ShareId id, Shown shown, long now)
    {
        using var row = _check
            .With("$id", id.ToArray())
            .With("$link", shown.Link.ToArray())
            .With("$claim", shown.Claim.ToArray())
            .With("$claim_token", shown.ClaimToken?.ToArray())
            .With("$max_attempts", options.MaxPassphraseAttempts)
            .With("$now", now)
            .Read();
        if (!row.Read())
            return default;
        var ending = new Ending(row.GetState(1), row.GetTime(2));
        return new CheckedShare(
            row.GetString(0) switch
            {
                "not found" => new Check(CheckOutcome.NotFound),
                "ended" => new Check(CheckOutcome.Ended, ending),
                "locked" => new Check(CheckOutcome.Locked),
                "wrong claim proof" => new Check(
                    CheckOutcome.WrongClaimProof,
                    AttemptsLeft: options.MaxPassphraseAttempts - row.GetInt32(3) - 1),
                "passed" => new Check(CheckOutcome.Passed),
                var other => throw new InvalidOperationException($"The check has no outcome '{other}'."),
            },
            ClaimedAt: ending.State == ShareState.Claimed ? ending.At : null,
            Size: row.GetInt64(4),
            ExpiresAt: row.GetTime(5),
            LeaseUntil: row.GetTimeOrNull(6),
            Number: row.GetInt64(7));
    }

    private Claim Take(ShareId id, Shown shown, CheckedShare share, long now)
    {
        var leaseUntil = share.LeaseUntil ?? RecordClaim(id, shown, share.Size, now);
        var (manifest, records) = ReadContent(share.Number);
        return new Claim(
            share.Check,
            manifest,
            share.ClaimedAt ?? DateTimeOffset.FromUnixTimeMilliseconds(now),
            leaseUntil,
            new ClaimedContent(id, share.Size, records));
    }

    private DateTimeOffset RecordClaim(ShareId id, Shown shown, long size, long now)
    {
        long leaseUntil = now + (long)options.LeaseFor(size).TotalMilliseconds;
        int taken = _claim
            .With("$id", id.ToArray())
            .With("$link", shown.Link.ToArray())
            .With("$claim", shown.Claim.ToArray())
            .With("$claim_token", shown.ClaimToken!.Value.ToArray())
            .With("$max_attempts", options.MaxPassphraseAttempts)
            .With("$lease_until", leaseUntil)
            .With("$now", now)
            .Run();
        counts.Add(ShareCount.Claimed, taken);
        return taken == 1
            ? DateTimeOffset.FromUnixTimeMilliseconds(leaseUntil)
            : throw new InvalidOperationException("The check passed and the claim did not.");
    }

    private (SealedManifest Manifest, byte[]? Records) ReadContent(long number)
    {
        using var row = _readContent.With("$number", number).Read();
        if (!row.Read())
            throw new StoreUnavailableException("shares.db has a live share without content.");
        return (new SealedManifest(row.GetBytes(0)), row.GetBytesOrNull(1));
    }

    private readonly record struct CheckedShare(
        Check Check,
        DateTimeOffset? ClaimedAt,
        long Size,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? LeaseUntil,
        long Number);
}
