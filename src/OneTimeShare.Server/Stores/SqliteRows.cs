using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OneTimeShare.Server.Stores;

/// <summary>What a statement answers, row by row. Disposed, it lets go of what it holds in the database.</summary>
internal readonly ref struct SqliteRows(SqliteConnection connection, sqlite3_stmt statement)
{
    /// <returns>False where there is no more.</returns>
    public bool Read()
    {
        int result = sqlite3_step(statement);
        if (result == SQLITE_ROW)
            return true;
        if (result != SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return false;
    }

    public bool IsDBNull(int column) => sqlite3_column_type(statement, column) == SQLITE_NULL;

    public bool GetBoolean(int column) => GetInt64(column) != 0;

    public long GetInt64(int column) => sqlite3_column_int64(statement, column);

    public int GetInt32(int column) => sqlite3_column_int(statement, column);

    public string GetString(int column) => sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] GetBytes(int column) => sqlite3_column_blob(statement, column).ToArray();

    public byte[]? GetBytesOrNull(int column) => IsDBNull(column) ? null : GetBytes(column);

    public DateTimeOffset GetTime(int column) => DateTimeOffset.FromUnixTimeMilliseconds(GetInt64(column));

    public DateTimeOffset? GetTimeOrNull(int column) => IsDBNull(column) ? null : GetTime(column);

    public ShareState GetState(int column) => StoredState.Read(GetString(column));

    // What went wrong has been thrown by the step that it went wrong in, and is said here once more.
    public void Dispose() => sqlite3_reset(statement);
}
