using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using SQLitePCL;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqliteRowTests
{
    [Theory, InlineData(true), InlineData(false)]
    public void No_act_makes_the_row_of_a_share_longer(bool isDelivered)
    {
        using var folder = new TemporaryFolder();
        using var connection = new SqliteDatabase(folder.Path).OpenForWriting();
        using var acts = new SqliteActs(connection, new ShareOptions(), new FakeTimeProvider());
        var share = ShareSample.OfOneRecord();
        acts.Begin();
        acts.Publishing.Publish(share.New, acts.Now);
        var lengths = new List<int> { RowLength(connection.Handle!) };
        acts.Claims.Unlock(share.Id, share.WrongPassphrase(), acts.Now);
        lengths.Add(RowLength(connection.Handle!));
        acts.Claims.Claim(share.Id, share.Shown(share.ClaimToken), acts.Now);
        lengths.Add(RowLength(connection.Handle!));
        acts.Claims.ShortenLease(share.Id, share.ClaimToken, TimeSpan.FromMinutes(1), acts.Now);
        lengths.Add(RowLength(connection.Handle!));
        acts.Ends.End(share.Id, isDelivered ? share.ClaimToken : share.Receipt, acts.Now);
        lengths.Add(RowLength(connection.Handle!));
        acts.Commit();

        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.InRange(lengths[0], 200, 400);
    }

    // What each value takes in SQLite's record format; the header is as long for all of them.
    private static int RowLength(sqlite3 database)
    {
        Assert.Equal(
            raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, "SELECT * FROM shares", out sqlite3_stmt statement));
        using (statement)
        {
            Assert.Equal(raw.SQLITE_ROW, raw.sqlite3_step(statement));
            return Enumerable.Range(0, raw.sqlite3_column_count(statement))
                .Sum(column => ValueLength(statement, column));
        }
    }

    private static int ValueLength(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_NULL => 0,
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column) switch
            {
                0 or 1 => 0,
                >= sbyte.MinValue and <= sbyte.MaxValue => 1,
                >= short.MinValue and <= short.MaxValue => 2,
                >= -(1 << 23) and < 1 << 23 => 3,
                >= int.MinValue and <= int.MaxValue => 4,
                >= -(1L << 47) and < 1L << 47 => 6,
                _ => 8,
            },
            _ => raw.sqlite3_column_bytes(statement, column),
        };
}
