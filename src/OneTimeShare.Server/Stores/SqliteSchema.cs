namespace OneTimeShare.Server.Stores;

/// <summary>What is in <c>shares.db</c>. Times are unix milliseconds; tokens and proofs are hashes.</summary>
internal static class SqliteSchema
{
    /// <summary>The file's <c>user_version</c>; one with another number is another server's.</summary>
    public const long Version = 3;

    /// <summary>
    /// Shares lie in the order in which they were created, so that those of one moment are on few pages: by their
    /// ids, which are random, each would be on another, and each page is written twice. Contents, of the same number,
    /// lie apart, so that counting a failed attempt does not write 64 KiB again, and behind a <see
    /// cref="SqlitePadding"/>, so that SQLite never moves them: it leaves copies of what it moves, which
    /// <c>secure_delete</c> does not overwrite. <c>room</c> is as long as what a claim adds, which takes its place, so
    /// that no row grows and pushes others to another page. What a share holds of its secret (claim verifier, header)
    /// is NULL once it has ended, and its content is deleted. <c>sweep_at</c> is when the sweeper has to look at a
    /// share next, and the only way it finds one. An upload is a row of its own until it is a share, which then keeps
    /// its length, for a sender who has not heard that all of it has arrived.
    /// </summary>
    public const string Tables = """
        CREATE TABLE shares (
            number          INTEGER PRIMARY KEY,
            id              BLOB    NOT NULL UNIQUE,
            link            BLOB    NOT NULL,
            claim           BLOB,
            receipt         BLOB    NOT NULL,
            claim_token     BLOB,
            header          BLOB,
            size            INTEGER NOT NULL,
            held            INTEGER NOT NULL,
            upload_length   INTEGER,
            has_blob        INTEGER NOT NULL,
            failed_attempts INTEGER NOT NULL DEFAULT 0,
            created_at      INTEGER NOT NULL,
            expires_at      INTEGER NOT NULL,
            claimed_at      INTEGER,
            lease_until     INTEGER,
            ended_at        INTEGER,
            ended_as        TEXT CHECK (ended_as IN ('delivered', 'unconfirmed', 'expired', 'burned')),
            sweep_at        INTEGER NOT NULL,
            room            BLOB
        ) STRICT;

        CREATE INDEX shares_by_sweep_at ON shares (sweep_at);

        CREATE TABLE contents (
            number   INTEGER PRIMARY KEY,
            padding  BLOB NOT NULL,
            manifest BLOB NOT NULL,
            records  BLOB
        ) STRICT;

        CREATE TABLE uploads (
            number   INTEGER PRIMARY KEY,
            id       BLOB    NOT NULL UNIQUE,
            receipt  BLOB,
            network  BLOB,
            length   INTEGER NOT NULL,
            lifetime INTEGER NOT NULL,
            received INTEGER NOT NULL DEFAULT 0,
            writer   INTEGER NOT NULL DEFAULT 0,
            ends_at  INTEGER NOT NULL,
            sweep_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE upload_contents (
            number  INTEGER PRIMARY KEY,
            padding BLOB NOT NULL,
            head    BLOB NOT NULL,
            tail    BLOB NOT NULL
        ) STRICT;

        CREATE INDEX uploads_by_network ON uploads (network, sweep_at);

        CREATE INDEX uploads_by_sweep_at ON uploads (sweep_at);

        CREATE TABLE usage (
            bytes  INTEGER NOT NULL,
            checks INTEGER NOT NULL
        ) STRICT;

        INSERT INTO usage VALUES (0, 0);
        """;

    /// <summary>
    /// Shares as they stand at $now: expired and unconfirmed follow from the times, whether the sweeper has written
    /// them down or not. <c>at</c> is when a share was claimed, while it is claimed; else when it ended.
    /// </summary>
    public const string Standing = """
        (SELECT *,
            CASE
                WHEN ended_as IS NOT NULL THEN ended_as
                WHEN claimed_at IS NULL AND expires_at > $now THEN 'pending'
                WHEN claimed_at IS NULL THEN 'expired'
                WHEN lease_until > $now THEN 'claimed'
                ELSE 'unconfirmed'
            END AS state,
            CASE
                WHEN ended_as IS NOT NULL THEN ended_at
                WHEN claimed_at IS NULL THEN expires_at
                WHEN lease_until > $now THEN claimed_at
                ELSE lease_until
            END AS at
        FROM shares)
        """;
}
