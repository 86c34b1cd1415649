using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;
using static SQLitePCL.raw;

namespace OneTimeShare.Server.Stores;

/// <summary>The acts that write, on the writer's own connection and within its transaction.</summary>
internal sealed class SqliteActs : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;

    public SqliteActs(SqliteConnection connection, ShareOptions options, TimeProvider time)
    {
        _connection = connection;
        _time = time;
        // Immediate: whatever an act reads in here is still so when it writes, whoever else uses the file.
        _begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(connection, "COMMIT");
        Counts = new SqliteCounts(connection);
        Publishing = new SqlitePublishing(connection, Counts, options);
        Uploads = new SqliteUploads(connection, Publishing, options);
        Claims = new SqliteClaims(connection, Counts, options);
        Ends = new SqliteEnds(connection, Counts, options);
    }

    public SqliteCounts Counts { get; }

    public SqlitePublishing Publishing { get; }

    public SqliteUploads Uploads { get; }

    public SqliteClaims Claims { get; }

    public SqliteEnds Ends { get; }

    /// <summary>In unix milliseconds, as of the time the transaction got the lock.</summary>
    public long Now { get; private set; }

    public void Begin()
    {
        _begin.Run();
        Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public void Commit()
    {
        Counts.Write(Now);
        _commit.Run();
    }

    public void RollBack()
    {
        Counts.Clear();
        // After some failures SQLite has done so already.
        if (sqlite3_get_autocommit(_connection.Handle) == 0)
            _connection.Execute("ROLLBACK");
    }

    // The connection's statements go with it.
    public void Dispose() => _connection.Dispose();
}
