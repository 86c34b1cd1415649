using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>Fills the <c>shares.db</c> that a server has made, faster than it would, and empties it.</summary>
internal sealed class PendingShares(string folder)
{
    private const int SealedLength = 272;

    // What the server puts before two values of that length: together they leave the tree for one page.
    private const int Padding = 489 + 4092 - 2 * SealedLength - 8;

    private static readonly byte[] Header = [.. "OTS1"u8, 1, 0, 0, 0, .. RandomNumberGenerator.GetBytes(16)];

    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "shares.db"),
        Pooling = false,
        DefaultTimeout = 60,
    }.ConnectionString;

    /// <summary>Adds shares that expire in this time, or have so already.</summary>
    public void Add(int count, TimeSpan expiresIn)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA synchronous = OFF;
            PRAGMA cache_size = -200000;
            BEGIN;
            CREATE TEMP TABLE seeded AS SELECT coalesce(max(number), 0) AS last FROM shares;
            WITH RECURSIVE counter (number) AS
                (SELECT 1 UNION ALL SELECT number + 1 FROM counter WHERE number < $count)
            INSERT INTO shares (id, link, claim, receipt, header, size, held, has_blob,
                                created_at, expires_at, sweep_at)
            SELECT randomblob(16), randomblob(32), randomblob(32), randomblob(32), $header, $sealed, 2 * $sealed,
                0, $now, $expires_at + number % 1000, $expires_at + number % 1000
            FROM counter;
            INSERT INTO contents (number, padding, manifest, records)
            SELECT number, zeroblob($padding), randomblob($sealed), randomblob($sealed)
            FROM shares WHERE number > (SELECT last FROM seeded);
            UPDATE usage SET bytes = bytes + 2 * $sealed * $count;
            COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        var now = TimeProvider.System.GetUtcNow();
        command.Parameters.AddWithValue("$count", count);
        command.Parameters.AddWithValue("$sealed", SealedLength);
        command.Parameters.AddWithValue("$padding", Padding);
        command.Parameters.AddWithValue("$header", Header);
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$expires_at", (now + expiresIn).ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
    }

    /// <summary>Forgets all that is not pending, so that every round meets the same number of shares.</summary>
    public void RemoveOthers()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            BEGIN IMMEDIATE;
            DELETE FROM contents WHERE number IN (SELECT number FROM shares WHERE claimed_at IS NOT NULL);
            DELETE FROM shares WHERE claimed_at IS NOT NULL OR ended_at IS NOT NULL;
            COMMIT;
            PRAGMA wal_checkpoint(TRUNCATE);
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether the sweeper has something left to do.</summary>
    public bool AnyDue()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM shares WHERE sweep_at <= $now)";
        command.Parameters.AddWithValue("$now", TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()! == 1;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection);
        connection.Open();
        return connection;
    }
}
