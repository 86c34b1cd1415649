using Microsoft.Data.Sqlite;

namespace OneTimeShare.Server.Stores;

/// <summary>A statement that is prepared once, and lives as long as its connection.</summary>
internal sealed class SqliteStatement
{
    private readonly SqliteCommand _command;
    private bool _prepared;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    /// <summary>Sets a value, which stays until it is set again.</summary>
    public SqliteStatement With(string name, object? value)
    {
        int index = _command.Parameters.IndexOf(name);
        if (index < 0)
            _command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        else
            _command.Parameters[index].Value = value ?? DBNull.Value;
        return this;
    }

    /// <returns>The number of rows that were changed.</returns>
    public int Run()
    {
        Prepare();
        return _command.ExecuteNonQuery();
    }

    public SqliteDataReader Read()
    {
        Prepare();
        return _command.ExecuteReader();
    }

    public object? Scalar()
    {
        Prepare();
        return _command.ExecuteScalar();
    }

    private void Prepare()
    {
        if (_prepared)
            return;
        _command.Prepare();
        _prepared = true;
    }
}
