using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using SQLitePCL;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqlitePlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void No_statement_looks_at_shares_that_it_is_not_about()
    {
        var database = new SqliteDatabase(_folder.Path);
        var options = new ShareOptions();
        var time = new FakeTimeProvider();
        using var writing = database.OpenForWriting();
        using var reading = database.OpenForReading();
        writing.Handle!.enable_sqlite3_next_stmt(true);
        reading.Handle!.enable_sqlite3_next_stmt(true);
        using var acts = new SqliteActs(writing, options, time);
        using var reads = new SqliteReads(reading, options, time);
        UseAllStatements(acts, reads);

        string[] statements = [.. Statements(writing), .. Statements(reading)];
        Assert.True(statements.Length >= 43, "Not all statements have been used.");
        foreach (string sql in statements)
        {
            foreach (string step in Plan(writing, sql))
            {
                // What is about one share or about what is due is found by an index; the usage is one row, and the
                // counts are a few for each of the last hours.
                bool scans = step.StartsWith("SCAN", StringComparison.Ordinal)
                    && step is not ("SCAN usage" or "SCAN counts");
                Assert.False(scans, $"{step}: {sql}");
                Assert.DoesNotContain("TEMP B-TREE", step, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void UseAllStatements(SqliteActs acts, SqliteReads reads)
    {
        var share = ShareSample.OfBlob();
        var other = ShareSample.OfOneRecord();
        acts.Begin();
        acts.Publishing.Publish(share.New, acts.Now);
        acts.Publishing.Publish(other.New, acts.Now);
        acts.Publishing.CountCheck();
        var upload = new NewUpload(ShareId.Create(), share.Receipt, 1000, share.Lifetime, share.Claim);
        var finished = upload with { Id = ShareId.Create() };
        acts.Uploads.Begin(upload, acts.Now);
        acts.Uploads.Begin(finished, acts.Now);
        acts.Uploads.Take(upload.Id, upload.ReceiptVerifier, 0, acts.Now);
        acts.Uploads.Advance(upload.Id, 1, 1, [1], [], acts.Now);
        acts.Uploads.Publish(0, share.New with { Id = finished.Id }, acts.Now);
        acts.Uploads.End(upload.Id, upload.ReceiptVerifier, null, acts.Now);
        acts.Uploads.Sweep(acts.Now);
        acts.Uploads.Freed([upload.Id]);
        acts.Claims.Unlock(share.Id, share.WrongPassphrase(), acts.Now);
        acts.Claims.AllowAttempts(share.Id, share.Receipt);
        acts.Claims.Claim(share.Id, share.Shown(share.ClaimToken), acts.Now);
        acts.Claims.ShortenLease(share.Id, share.ClaimToken, TimeSpan.FromMinutes(1), acts.Now);
        acts.Ends.End(share.Id, share.ClaimToken, acts.Now);
        acts.Ends.Sweep(acts.Now + (long)TimeSpan.FromDays(30).TotalMilliseconds);
        acts.Ends.Freed([share.Id]);
        acts.Commit();
        reads.Preview(share.Id, share.Link, null);
        reads.Deliver(share.Id, share.ClaimToken);
        reads.Receipt(share.Id, share.Receipt);
        reads.Upload(finished.Id, share.Receipt);
        reads.Orphans([share.Id, ShareId.Create()]);
        reads.StorageUsed();
        reads.Page(null, 10);
        reads.Find(share.Id);
        reads.Counts();
        reads.Checks();
    }

    private static List<string> Statements(SqliteConnection connection)
    {
        var found = new List<string>();
        for (var statement = raw.sqlite3_next_stmt(connection.Handle, null);
             statement is { IsInvalid: false };
             statement = raw.sqlite3_next_stmt(connection.Handle, statement))
            found.Add(raw.sqlite3_sql(statement).utf8_to_string());
        return found;
    }

    // Without the driver, which would ask for values.
    private static List<string> Plan(SqliteConnection connection, string sql)
    {
        Assert.Equal(
            raw.SQLITE_OK,
            raw.sqlite3_prepare_v2(connection.Handle, $"EXPLAIN QUERY PLAN {sql}", out sqlite3_stmt plan));
        using (plan)
        {
            var steps = new List<string>();
            while (raw.sqlite3_step(plan) == raw.SQLITE_ROW)
                steps.Add(raw.sqlite3_column_text(plan, 3).utf8_to_string());
            return steps;
        }
    }
}
