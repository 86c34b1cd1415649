using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

/// <summary>Two processes that write one blob, as the two of a rolling restart may.</summary>
public sealed class S3BlobStoreFenceTests : IAsyncLifetime
{
    private readonly ShareId _id = ShareId.Create();
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(10_000_000);
    private S3Options _bucket = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(1_000)]
    [InlineData(9_000_000)]
    public async Task An_older_writer_can_neither_go_on_nor_complete(int length)
    {
        await using var older = await ContinueAsync(writer: 1, 0);
        await older.WriteAsync(_bytes.AsMemory(0, length), Cancel);
        await older.FlushAsync(Cancel);
        await using var newer = await ContinueAsync(writer: 2, length);
        await older.WriteAsync(new byte[length], Cancel);
        await Assert.ThrowsAsync<BlobTakenOverException>(() => older.FlushAsync(Cancel));
        await Assert.ThrowsAsync<BlobTakenOverException>(() => older.CompleteAsync(Cancel));
        await older.DisposeAsync();
        await newer.WriteAsync(_bytes.AsMemory(length), Cancel);
        await newer.CompleteAsync(Cancel);
        await AssertIsThereAsync();
    }

    [Fact]
    public async Task An_older_writer_that_comes_late_does_not_undo_what_is_complete()
    {
        var late = await Open().ContinueAsync(_id, Cancel);
        await using (var newer = await ContinueAsync(writer: 2, 0))
        {
            await newer.WriteAsync(_bytes, Cancel);
            await newer.CompleteAsync(Cancel);
        }
        await Assert.ThrowsAsync<BlobTakenOverException>(() => late.CutAsync(1, 0, Cancel));
        await late.DisposeAsync();
        await AssertIsThereAsync();
    }

    [Fact]
    public async Task The_newest_writer_is_not_stopped_by_an_older_one_that_has_begun_in_between()
    {
        await using var older = await ContinueAsync(writer: 1, 0);
        await using var newer = await ContinueAsync(writer: 2, 0);
        await older.WriteAsync(new byte[9_000_000], Cancel);
        await older.CompleteAsync(Cancel);
        await newer.WriteAsync(_bytes, Cancel);
        await newer.CompleteAsync(Cancel);
        await older.DisposeAsync();
        await AssertIsThereAsync();
    }

    [Fact]
    public async Task A_blob_that_another_process_has_deleted_takes_no_more()
    {
        await using var appender = await ContinueAsync(writer: 1, 0);
        await appender.WriteAsync(_bytes, Cancel);
        await appender.FlushAsync(Cancel);
        await Open().DeleteAsync(_id, Cancel);
        await appender.WriteAsync(_bytes, Cancel);
        await Assert.ThrowsAsync<BlobTakenOverException>(() => appender.CompleteAsync(Cancel));
        await appender.DisposeAsync();
        Assert.Empty(await S3Server.ReadAllAsync(_bucket));
    }

    [Fact]
    public async Task What_a_process_that_died_has_left_is_listed_and_can_be_deleted()
    {
        ShareId direct = ShareId.Create(), resumable = ShareId.Create();
        // Neither is disposed, as nothing is by a process that is killed.
        var writer = await Open().CreateAsync(direct, Cancel);
        var appender = await Open().ContinueAsync(resumable, Cancel);
        await appender.CutAsync(1, 0, Cancel);
        foreach (var dying in new[] { writer, appender })
        {
            for (int n = 0; n < 4; n++)
                await dying.WriteAsync(_bytes, Cancel);
        }
        var store = Open();
        Assert.Equal([direct, resumable], (await store.ListAsync(DateTimeOffset.MaxValue, Cancel)
            .ToListAsync(Cancel)).ToHashSet());
        await store.DeleteAsync(direct, Cancel);
        await store.DeleteAsync(resumable, Cancel);
        // A segment may still have been on its way; nothing else may be left.
        Assert.InRange((await S3Server.ReadAllAsync(_bucket)).Count, 0, 2);
    }

    private S3BlobStore Open() => new(new S3Bucket(_bucket), TimeProvider.System);

    private async Task<IBlobAppender> ContinueAsync(long writer, long length)
    {
        var appender = await Open().ContinueAsync(_id, Cancel);
        Assert.True(await appender.CutAsync(writer, length, Cancel));
        return appender;
    }

    private async Task AssertIsThereAsync()
    {
        await using var stream = await Open().OpenAsync(_id, 0, _bytes.Length, Cancel);
        using var read = new MemoryStream();
        await stream!.CopyToAsync(read, Cancel);
        Assert.Equal(_bytes, read.ToArray());
        Assert.Null(await Open().OpenAsync(_id, 0, _bytes.Length + 1, Cancel));
    }
}
