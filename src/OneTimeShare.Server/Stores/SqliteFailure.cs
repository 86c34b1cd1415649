using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;
using static SQLitePCL.raw;

namespace OneTimeShare.Server.Stores;

/// <summary>What SQLite's failures mean to a store's caller. The messages are ours: SQLite's may quote.</summary>
internal static class SqliteFailure
{
    public static Exception ToStoreException(SqliteException failure)
    {
        string number = $"(SQLite {failure.SqliteExtendedErrorCode})";
        return failure.SqliteErrorCode switch
        {
            // The log's index could not grow, which is how a full disk shows there.
            SQLITE_IOERR when failure.SqliteExtendedErrorCode == SQLITE_IOERR_SHMSIZE =>
                new StorageFullException($"There is no room left for the index of shares.db's log {number}.", failure),
            SQLITE_FULL => new StorageFullException($"There is no room left for shares.db {number}.", failure),
            SQLITE_BUSY or SQLITE_LOCKED =>
                new StoreUnavailableException($"shares.db is held by another program {number}.", failure),
            SQLITE_READONLY or SQLITE_PERM or SQLITE_CANTOPEN or SQLITE_AUTH =>
                new StoreUnavailableException($"shares.db cannot be opened for writing {number}.", failure),
            _ => new StoreUnavailableException($"shares.db fails {number}.", failure),
        };
    }

    /// <summary>Whether the connection is as good as before, so that it may stay open.</summary>
    public static bool SparesConnection(SqliteException failure) =>
        failure.SqliteErrorCode is SQLITE_FULL or SQLITE_BUSY or SQLITE_LOCKED or SQLITE_CONSTRAINT;
}
