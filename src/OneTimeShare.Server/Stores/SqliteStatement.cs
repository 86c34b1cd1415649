using Microsoft.Data.Sqlite;
using SQLitePCL;
using static SQLitePCL.raw;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// A statement that is prepared at its first use, and lives as long as its connection. It goes by SQLite's own calls:
/// the driver's commands look every parameter up again for each run, which cost as much as all that SQLite does.
/// </summary>
internal sealed class SqliteStatement(SqliteConnection connection, string sql)
{
    private sqlite3_stmt? _statement;
    private string[] _parameters = [];

    /// <summary>Sets a value, which stays until it is set again.</summary>
    public SqliteStatement With(string name, long value) => Bind(sqlite3_bind_int64(Prepared(), IndexOf(name), value));

    public SqliteStatement With(string name, long? value) => value is { } some ? With(name, some) : WithNull(name);

    public SqliteStatement With(string name, bool value) => With(name, value ? 1 : 0);

    public SqliteStatement With(string name, string value) => Bind(sqlite3_bind_text(Prepared(), IndexOf(name), value));

    public SqliteStatement With(string name, byte[]? value) =>
        value is null ? WithNull(name) : With(name, value.AsSpan());

    // SQLite makes NULL of a span of no bytes.
    public SqliteStatement With(string name, ReadOnlySpan<byte> value) => Bind(value.IsEmpty
        ? sqlite3_bind_zeroblob(Prepared(), IndexOf(name), 0)
        : sqlite3_bind_blob(Prepared(), IndexOf(name), value));

    /// <returns>The number of rows that were changed.</returns>
    public int Run()
    {
        using var rows = Read();
        while (rows.Read())
        {
            // What a statement answers besides is nothing that its caller wants.
        }

        return sqlite3_changes(connection.Handle);
    }

    /// <summary>To be disposed before the statement is used again.</summary>
    public SqliteRows Read() => new(connection, Prepared());

    /// <returns>The first column of the first row; null where it is NULL, or there is none.</returns>
    public long? Scalar()
    {
        using var rows = Read();
        return rows.Read() && !rows.IsDBNull(0) ? rows.GetInt64(0) : null;
    }

    private SqliteStatement WithNull(string name) => Bind(sqlite3_bind_null(Prepared(), IndexOf(name)));

    private SqliteStatement Bind(int result)
    {
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
        return this;
    }

    private sqlite3_stmt Prepared() => _statement ?? Prepare();

    private sqlite3_stmt Prepare()
    {
        SqliteException.ThrowExceptionForRC(
            sqlite3_prepare_v2(connection.Handle, sql, out _statement), connection.Handle);
        _parameters = new string[sqlite3_bind_parameter_count(_statement)];
        for (int i = 0; i < _parameters.Length; i++)
            _parameters[i] = string.Intern(sqlite3_bind_parameter_name(_statement, i + 1).utf8_to_string());
        // SQLite keeps a closed connection, with its transaction and locks, until the last of its statements is gone.
        connection.Disposed += (_, _) => _statement.Dispose();
        return _statement;
    }

    // Literals are interned too, so that the same name is the same string, and this compares references.
    private int IndexOf(string name)
    {
        int index = Array.IndexOf(_parameters, name);
        return index >= 0 ? index + 1 : throw new ArgumentException($"The statement has no {name}.", nameof(name));
    }
}
