using Microsoft.Data.Sqlite;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>How many shares a data folder's database has, ended ones too.</summary>
internal static class ShareCount
{
    public static long In(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "shares.db")};Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM shares";
        return (long)count.ExecuteScalar()!;
    }
}
