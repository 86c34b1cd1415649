using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqliteShareStoreTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_that_is_held_by_another_program_says_so_goes_on_reading_and_recovers()
    {
        using var folder = new TemporaryFolder();
        using var store = Open(folder.Path);
        var share = ShareSample.OfOneRecord();
        await store.PublishAsync(share.New, Cancel);
        await using (var other = OpenDatabase(folder.Path))
        {
            Execute(other, "BEGIN EXCLUSIVE");
            var refused = ShareSample.OfOneRecord();
            var publications = Enumerable.Range(0, 20).Select(_ => store.PublishAsync(refused.New, Cancel));
            foreach (var publication in publications.ToArray())
                await Assert.ThrowsAsync<StoreUnavailableException>(() => publication);
            var preview = await store.PreviewAsync(share.Id, share.Link, null, Cancel);
            Assert.Equal(PreviewOutcome.Found, preview.Outcome);
            Assert.Null(await store.ReadReceiptAsync(refused.Id, refused.Receipt, Cancel));
            Execute(other, "ROLLBACK");
        }

        Assert.NotNull(await store.PublishAsync(ShareSample.OfOneRecord().New, Cancel));
    }

    [Fact]
    public async Task A_share_that_fails_takes_no_other_of_its_group_with_it()
    {
        using var folder = new TemporaryFolder();
        using var store = Open(folder.Path);
        var taken = ShareSample.OfOneRecord();
        await store.PublishAsync(taken.New, Cancel);
        for (int round = 0; round < 10; round++)
        {
            var shares = Enumerable.Range(0, 20).Select(_ => ShareSample.OfOneRecord()).ToArray();
            var published = shares.Select(share => store.PublishAsync(share.New, Cancel)).ToList();
            var refused = Enumerable.Range(0, 5).Select(_ => store.PublishAsync(taken.New, Cancel)).ToArray();
            published.AddRange(shares.Select(_ => store.PublishAsync(ShareSample.OfOneRecord().New, Cancel)));
            Assert.All(await Task.WhenAll(published), expiresAt => Assert.NotNull(expiresAt));
            foreach (var refusal in refused)
                await Assert.ThrowsAsync<StoreUnavailableException>(() => refusal);
        }

        Assert.Equal(401 * taken.Held, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_nothing_else()
    {
        using var disk = new SmallDisk(megabytes: 44);
        using var store = Open(disk.Path);
        using var ballast = File.Create(Path.Combine(disk.Path, "ballast"));
        ballast.Write(new byte[5_000_000]);
        ballast.Flush();
        var fitting = await FillAsync(store);
        // The disk is full to the last byte, and then has room for a claim, but not for a large share.
        Assert.Throws<IOException>(() => FillWith(ballast));
        ballast.SetLength(ballast.Length - 64_000);

        var large = ShareSample.OfOneRecord(200_000);
        var refusals = Enumerable.Range(0, 5).Select(_ => store.PublishAsync(large.New, Cancel)).ToList();
        var claim = store.ClaimAsync(fitting[0].Id, fitting[0].Shown(fitting[0].ClaimToken), Cancel);
        refusals.Add(store.PublishAsync(large.New, Cancel));
        foreach (var refusal in refusals)
            await Assert.ThrowsAsync<StorageFullException>(() => refusal);
        Assert.Equal(CheckOutcome.Passed, (await claim).Check.Outcome);
        Assert.Null(await store.ReadReceiptAsync(large.Id, large.Receipt, Cancel));
        Assert.Equal(fitting.Sum(share => share.Held), await store.ReadStorageUsedAsync(Cancel));

        ballast.SetLength(0);
        Assert.NotNull(await store.PublishAsync(large.New, Cancel));
        foreach (var share in fitting)
            Assert.Equal(EndOutcome.Ended, await store.EndAsync(share.Id, share.Receipt, Cancel));
        Assert.Equal(large.Held, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task What_ends_on_a_full_disk_makes_room()
    {
        using var disk = new SmallDisk(megabytes: 44);
        using var store = Open(disk.Path);
        var shares = await FillAsync(store);
        foreach (var share in shares)
            Assert.Equal(EndOutcome.Ended, await store.EndAsync(share.Id, share.Receipt, Cancel));
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
        Assert.NotNull(await store.PublishAsync(ShareSample.OfOneRecord().New, Cancel));
    }

    [Fact]
    public async Task A_log_that_somebody_reads_is_scrubbed_next_time_and_only_if_something_has_ended()
    {
        using var folder = new TemporaryFolder();
        using var store = Open(folder.Path);
        var log = new FileInfo(Path.Combine(folder.Path, "shares.db-wal"));
        var share = ShareSample.OfOneRecord();
        await store.PublishAsync(share.New, Cancel);
        await using (var other = OpenDatabase(folder.Path))
        {
            Execute(other, "BEGIN; SELECT count(*) FROM shares");
            await store.EndAsync(share.Id, share.Receipt, Cancel);
            await store.ScrubAsync(Cancel);
            Assert.NotEqual(0, LengthOf(log));
            Execute(other, "ROLLBACK");
        }

        await store.ScrubAsync(Cancel);
        Assert.Equal(0, LengthOf(log));
        await store.PublishAsync(ShareSample.OfOneRecord().New, Cancel);
        await store.ScrubAsync(Cancel);
        Assert.NotEqual(0, LengthOf(log));
    }

    [Theory, InlineData(1), InlineData(1_000)]
    public async Task A_store_of_another_version_is_left_alone(int version)
    {
        using var folder = new TemporaryFolder();
        Open(folder.Path).Dispose();
        await using (var database = OpenDatabase(folder.Path))
            Execute(database, $"PRAGMA user_version = {version}");
        Assert.Throws<StoreUnavailableException>(() => Open(folder.Path));
    }

    [Fact]
    public async Task A_damaged_store_is_not_opened()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "shares.db"), new byte[5000], Cancel);
        Assert.Throws<StoreUnavailableException>(() => Open(folder.Path));
    }

    [Fact]
    public async Task A_closed_store_says_so()
    {
        using var folder = new TemporaryFolder();
        var store = Open(folder.Path);
        store.Dispose();
        var share = ShareSample.OfOneRecord();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PublishAsync(share.New, Cancel));
    }

    [Fact]
    public async Task Many_may_begin_one_folder_at_once()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "not", "there", "yet");
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Open(path), Cancel)));
        foreach (var store in stores)
        {
            await store.PublishAsync(ShareSample.OfOneRecord().New, Cancel);
            store.Dispose();
        }

        using var last = Open(path);
        Assert.Equal(8 * ShareSample.OfOneRecord().Held, await last.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_what_is_stored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are Unix's.");
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "data");
        using var store = Open(path);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.Equal(3, Directory.GetFiles(path).Length);
        Assert.All(Directory.GetFiles(path), file => Assert.Equal(owner, File.GetUnixFileMode(file)));
    }

    private static async Task<List<ShareSample>> FillAsync(SqliteShareStore store)
    {
        var fitting = new List<ShareSample>();
        while (fitting.Count < 1000)
        {
            var share = ShareSample.OfOneRecord(60_000);
            var failure = await Record.ExceptionAsync(() => store.PublishAsync(share.New, Cancel));
            if (failure is not null)
            {
                Assert.IsType<StorageFullException>(failure);
                return fitting;
            }

            fitting.Add(share);
        }

        throw new InvalidOperationException("The disk was never full.");
    }

    private static void FillWith(FileStream ballast)
    {
        for (int page = 0; page < 10_000; page++)
        {
            ballast.Write(new byte[4096]);
            ballast.Flush();
        }
    }

    private static long LengthOf(FileInfo file)
    {
        file.Refresh();
        return file.Length;
    }

    private static SqliteShareStore Open(string folder) => new(folder, new ShareOptions(), TimeProvider.System);

    private static SqliteConnection OpenDatabase(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "shares.db")};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
