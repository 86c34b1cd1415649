using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public abstract partial class BlobStoreContract
{
    private static long _writers;

    [Fact]
    public async Task A_blob_may_grow_in_pieces_and_is_there_once_it_is_complete()
    {
        var store = Open();
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(100_000);
        foreach (var (start, end) in new[] { (0, 24), (24, 24), (24, 65_000), (65_000, 99_999) })
        {
            await AppendAsync(Open(), id, bytes, start, end);
            Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
        }

        await using (var last = await ContinueAsync(store, id, 99_999))
        {
            await last.WriteAsync(bytes.AsMemory(99_999), Cancel);
            await last.CompleteAsync(Cancel);
        }

        Assert.Equal(bytes, await ReadAsync(Open(), id, 0, bytes.Length));
    }

    [Fact]
    public async Task What_lies_behind_the_cut_is_gone_and_a_cut_behind_the_end_is_refused()
    {
        var store = Open();
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(1000);
        await AppendAsync(store, id, RandomNumberGenerator.GetBytes(5000), 0, 5000);
        await AppendAsync(store, id, bytes, 0, 600);
        await using (var appender = await store.ContinueAsync(id, Cancel))
            Assert.False(await appender.CutAsync(NextWriter(), 601, Cancel));
        await using (var appender = await ContinueAsync(store, id, 600))
        {
            await appender.WriteAsync(bytes.AsMemory(600), Cancel);
            await appender.CompleteAsync(Cancel);
        }

        Assert.Equal(bytes, await ReadAsync(store, id, 0, 1000));
        Assert.Null(await store.OpenAsync(id, 0, 1001, Cancel));
    }

    [Fact]
    public async Task A_blob_that_was_completed_and_is_cut_is_unfinished_again()
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, 1000);
        await using (var looking = await Open().ContinueAsync(id, Cancel))
            Assert.Equal(bytes, await ReadAsync(Open(), id, 0, 1000));
        await using (var appender = await ContinueAsync(Open(), id, 400))
        {
            Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
            await appender.WriteAsync(bytes.AsMemory(400, 100), Cancel);
            await appender.CompleteAsync(Cancel);
        }

        Assert.Equal(bytes[..500], await ReadAsync(store, id, 0, 500));
        Assert.Null(await store.OpenAsync(id, 0, 501, Cancel));
    }

    [Fact]
    public async Task The_newest_appender_shuts_out_the_older_at_once()
    {
        var store = Open();
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(300);
        await using var older = await ContinueAsync(store, id, 0);
        await older.WriteAsync(bytes.AsMemory(0, 100), Cancel);
        await older.FlushAsync(Cancel);
        await using var newer = await ContinueAsync(store, id, 100);
        await Assert.ThrowsAsync<BlobTakenOverException>(() => older.CutAsync(NextWriter(), 0, Cancel));
        await Assert.ThrowsAsync<BlobTakenOverException>(async () => await older.WriteAsync(new byte[10], Cancel));
        await Assert.ThrowsAsync<BlobTakenOverException>(() => older.FlushAsync(Cancel));
        await Assert.ThrowsAsync<BlobTakenOverException>(() => older.CompleteAsync(Cancel));
        await older.DisposeAsync();
        await newer.WriteAsync(bytes.AsMemory(100), Cancel);
        await newer.CompleteAsync(Cancel);
        Assert.Equal(bytes, await ReadAsync(store, id, 0, 300));
    }

    [Fact]
    public async Task Of_many_appenders_at_once_the_last_one_can_write_and_no_other()
    {
        var store = Open();
        var id = ShareId.Create();
        var appenders = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => store.ContinueAsync(id, Cancel), Cancel)));
        int writing = 0;
        foreach (var appender in appenders)
        {
            if (await Record.ExceptionAsync(() => appender.CutAsync(NextWriter(), 0, Cancel)) is not { } failure)
                writing++;
            else
                Assert.IsType<BlobTakenOverException>(failure);
        }

        Assert.Equal(1, writing);
        foreach (var appender in appenders)
            await appender.DisposeAsync();
    }

    [Fact]
    public async Task A_deleted_blob_takes_no_more_from_its_appender_and_stays_deleted()
    {
        var store = Open();
        var id = ShareId.Create();
        await using (var appender = await ContinueAsync(store, id, 0))
        {
            await appender.WriteAsync(new byte[10], Cancel);
            await store.DeleteAsync(id, Cancel);
            await Assert.ThrowsAsync<BlobTakenOverException>(() => appender.CompleteAsync(Cancel));
        }

        Assert.DoesNotContain(id, await ListAsync(store, Ever));
    }

    [Fact]
    public async Task An_unfinished_blob_is_listed_and_an_empty_one_is_as_good_as_none()
    {
        var store = Open();
        ShareId begun = ShareId.Create(), empty = ShareId.Create();
        await AppendAsync(store, begun, new byte[10], 0, 10);
        await AppendAsync(store, empty, [], 0, 0);
        Assert.Equal([begun], await ListAsync(Open(), Ever));
        await store.DeleteAsync(begun, Cancel);
        Assert.Empty(await ListAsync(store, Ever));
    }

    /// <summary>As a store counts them, though over all uploads.</summary>
    private static long NextWriter() => Interlocked.Increment(ref _writers);

    private static async Task AppendAsync(IBlobStore store, ShareId id, byte[] bytes, int start, int end)
    {
        await using var appender = await ContinueAsync(store, id, start);
        await appender.WriteAsync(bytes.AsMemory(start..end), Cancel);
        await appender.FlushAsync(Cancel);
    }

    private static async Task<IBlobAppender> ContinueAsync(IBlobStore store, ShareId id, long length)
    {
        var appender = await store.ContinueAsync(id, Cancel);
        Assert.True(await appender.CutAsync(NextWriter(), length, Cancel));
        return appender;
    }
}
