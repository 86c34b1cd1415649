using System.Runtime.Versioning;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class DiskBlobStoreTroubleTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_and_keeps_nothing_of_it()
    {
        using var disk = new SmallDisk(megabytes: 34);
        var store = new DiskBlobStore(disk.Path);
        var id = ShareId.Create();
        await using (var writer = await store.CreateAsync(id, Cancel))
        {
            var failure = await Record.ExceptionAsync(async () =>
            {
                for (int piece = 0; piece < 100; piece++)
                    await writer.WriteAsync(new byte[100_000], Cancel);
            });
            Assert.IsType<StorageFullException>(failure);
        }

        Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
        Assert.Empty(Directory.GetFiles(disk.Path, "*", SearchOption.AllDirectories));
        await WriteAsync(store, id, RandomNumberGenerator.GetBytes(1_000_000));
        Assert.NotNull(await store.OpenAsync(id, 0, 1_000_000, Cancel));
    }

    [Fact]
    public async Task A_blob_that_was_cut_short_is_as_good_as_none()
    {
        using var folder = new TemporaryFolder();
        var store = new DiskBlobStore(folder.Path);
        var id = ShareId.Create();
        await WriteAsync(store, id, new byte[1000]);
        string file = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Single();
        await File.WriteAllBytesAsync(file, new byte[999], Cancel);
        Assert.Null(await store.OpenAsync(id, 0, 1000, Cancel));
        Assert.Null(await store.OpenAsync(id, 999, 1, Cancel));
        Assert.NotNull(await store.OpenAsync(id, 0, 999, Cancel));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_a_store_that_does_not_answer_until_it_can()
    {
        using var folder = new TemporaryFolder();
        var store = new DiskBlobStore(folder.Path);
        string inTheWay = Path.Combine(folder.Path, "blobs");
        await File.WriteAllTextAsync(inTheWay, "not a folder", Cancel);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CreateAsync(ShareId.Create(), Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancel));
        File.Delete(inTheWay);
        await store.CheckAsync(Cancel);
        Assert.True(Directory.Exists(inTheWay));
    }

    [Fact]
    public async Task Files_that_are_not_blobs_are_left_alone()
    {
        using var folder = new TemporaryFolder();
        var store = new DiskBlobStore(folder.Path);
        var id = ShareId.Create();
        await WriteAsync(store, id, new byte[10]);
        string shard = Directory.GetDirectories(Path.Combine(folder.Path, "blobs")).Single();
        await File.WriteAllTextAsync(Path.Combine(shard, "lost+found"), "", Cancel);
        await File.WriteAllTextAsync(Path.Combine(shard, new string('g', 32)), "", Cancel);
        Assert.Equal([id], await store.ListAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_blob_that_is_completed_during_a_listing_is_not_taken_for_an_old_one()
    {
        using var folder = new TemporaryFolder();
        var store = new DiskBlobStore(folder.Path);
        await WriteAsync(store, ShareId.Create(), new byte[10]);
        string name = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Single();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var renaming = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                File.Move(name, name + ".part");
                File.Move(name + ".part", name);
            }
        }, Cancel);
        for (int listing = 0; listing < 20_000; listing++)
            Assert.Empty(await store.ListAsync(DateTimeOffset.UnixEpoch, Cancel).ToListAsync(Cancel));
        await stop.CancelAsync();
        await renaming;
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_what_is_stored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are Unix's.");
        using var folder = new TemporaryFolder();
        await WriteAsync(new DiskBlobStore(folder.Path), ShareId.Create(), new byte[10]);
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        string[] folders = Directory.GetDirectories(folder.Path, "*", SearchOption.AllDirectories);
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal((2, 1), (folders.Length, files.Length));
        Assert.All(folders, path => Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(path)));
        Assert.All(files, path => Assert.Equal(owner, File.GetUnixFileMode(path)));
    }

    private static async Task WriteAsync(DiskBlobStore store, ShareId id, ReadOnlyMemory<byte> bytes)
    {
        await using var writer = await store.CreateAsync(id, Cancel);
        await writer.WriteAsync(bytes, Cancel);
        await writer.CompleteAsync(Cancel);
    }
}
