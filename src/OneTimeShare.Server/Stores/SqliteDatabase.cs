using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;
using SQLitePCL;

namespace OneTimeShare.Server.Stores;

/// <summary>The file <c>shares.db</c> in the data folder, and how a connection to it has to be set up.</summary>
internal sealed class SqliteDatabase(string folder)
{
    // Longer than any transaction of another process takes, shorter than a caller's patience.
    private const int BusyMilliseconds = 2000;

    // 16 MiB: to bring the log into the database more often costs half the throughput. DiskReserve is twice this.
    private const int LogPages = 4000;

    private readonly string _path = Path.Combine(folder, "shares.db");

    // A connection is used by one thread at a time, and nobody asks what SQLite has allocated: its locks for both would
    // be a tenth of what an act costs. Where somebody has opened a connection before, they stay.
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <summary>Opens the database, and makes or checks it first.</summary>
    public SqliteConnection OpenForWriting()
    {
        CreateFile();
        var connection = Open();
        try
        {
            connection.Execute($"PRAGMA page_size = {SqlitePadding.PageSize}");
            if (connection.Scalar("PRAGMA journal_mode = WAL") is not "wal")
                throw new StoreUnavailableException("shares.db cannot be written by way of a log on this file system.");
            CreateTables(connection);
            connection.Execute(SqliteCounts.Table);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database that <see cref="OpenForWriting"/> has made.</summary>
    public SqliteConnection OpenForReading()
    {
        var connection = Open();
        connection.Execute("PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>
    /// Brings the log into the database and empties it, so that nothing of what was deleted is in either.
    /// </summary>
    /// <returns>False where somebody is reading or writing: to be tried again.</returns>
    public bool TryTruncateLog()
    {
        try
        {
            using var connection = Open();
            // Shorter than the others' patience, since writers wait while this waits for readers.
            connection.Execute("PRAGMA busy_timeout = 500");
            return connection.Scalar("PRAGMA wal_checkpoint(TRUNCATE)") is 0L;
        }
        catch (SqliteException failure)
        {
            throw SqliteFailure.ToStoreException(failure);
        }
    }

    // SQLite would create it readable by everybody, and gives its log the rights of the database.
    private void CreateFile()
    {
        try
        {
            const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = 0,
            };
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, owner | UnixFileMode.UserExecute);
                options.UnixCreateMode = owner;
            }

            if (!File.Exists(_path))
                new FileStream(_path, options).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException("shares.db cannot be created in the data folder.", failure);
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWrite,
            // Connections are kept here, by their owners; a pool would hand out broken ones again.
            Pooling = false,
            // Seconds in which the driver tries again after BUSY; busy_timeout has waited longer by then.
            DefaultTimeout = 1,
        }.ConnectionString);
        try
        {
            connection.Open();
            connection.Execute($"""
                PRAGMA busy_timeout = {BusyMilliseconds};
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = {LogPages};
                PRAGMA secure_delete = ON;
                PRAGMA temp_store = MEMORY;
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CreateTables(SqliteConnection connection)
    {
        if (connection.Scalar("PRAGMA user_version") is SqliteSchema.Version)
            return;
        // Another process may be doing the same: whoever gets the lock first does it.
        connection.Execute("BEGIN IMMEDIATE");
        switch (connection.Scalar("PRAGMA user_version"))
        {
            case SqliteSchema.Version:
                break;
            case 0L:
                connection.Execute($"{SqliteSchema.Tables} PRAGMA user_version = {SqliteSchema.Version};");
                break;
            default:
                throw new StoreUnavailableException("shares.db was written by another version of this program.");
        }

        connection.Execute("COMMIT");
    }
}
