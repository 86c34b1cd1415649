using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>One-off statements, and columns as what they mean.</summary>
internal static class SqliteExtensions
{
    public static void Execute(this SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public static ShareState GetState(this SqliteDataReader row, int column) => row.GetString(column) switch
    {
        "pending" => ShareState.Pending,
        "claimed" => ShareState.Claimed,
        "delivered" => ShareState.Delivered,
        "unconfirmed" => ShareState.Unconfirmed,
        "expired" => ShareState.Expired,
        "burned" => ShareState.Burned,
        var other => throw new InvalidOperationException($"A share has no state '{other}'."),
    };

    public static DateTimeOffset GetTime(this SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? GetTimeOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetTime(column);

    public static byte[]? GetBytesOrNull(this SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
