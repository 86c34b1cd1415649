using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class S3BlobStoreTroubleTests
{
    private readonly byte[] _bytes = RandomNumberGenerator.GetBytes(20_000_000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_is_a_store_that_does_not_answer()
    {
        using var server = await S3Server.StartAsync();
        await BreakAsync(await server.CreateBucketAsync(), server.KillAsync);
    }

    [Fact]
    public async Task A_server_that_is_stopped_in_the_middle_is_not_waited_for_for_ever_and_works_when_it_goes_on()
    {
        using var server = await S3Server.StartAsync();
        var bucket = await server.CreateBucketAsync();
        var (store, kept) = await BreakAsync(bucket, server.PauseAsync);
        await server.GoOnAsync();
        await store.CheckAsync(Cancel);
        Assert.Equal(_bytes, await ReadAsync(store, kept));
        await WriteAsync(store, ShareId.Create());
    }

    [Fact]
    public async Task A_bucket_that_is_full_refuses_what_does_not_fit()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync("small", "smallsmall");
        var store = Open(bucket);
        await Assert.ThrowsAsync<StorageFullException>(() => WriteAsync(store, ShareId.Create()));
        await store.CheckAsync(Cancel);
        Assert.Empty(await S3Server.ReadAllAsync(bucket));
    }

    [Fact]
    public async Task Without_the_right_to_list_all_works_but_the_search_for_orphans()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        await S3Server.AllowFewAsync(bucket);
        var few = bucket with { AccessKey = "few", SecretKey = "fewfew" };
        var store = Open(few);
        await store.CheckAsync(Cancel);
        Assert.Null(await store.OpenAsync(ShareId.Create(), 0, 1, Cancel));
        var id = ShareId.Create();
        await using (var appender = await store.ContinueAsync(id, Cancel))
        {
            Assert.True(await appender.CutAsync(1, 0, Cancel));
            await appender.WriteAsync(_bytes.AsMemory(0, 9_000_000), Cancel);
            await appender.FlushAsync(Cancel);
        }
        await using (var appender = await store.ContinueAsync(id, Cancel))
        {
            Assert.True(await appender.CutAsync(2, 9_000_000, Cancel));
            await appender.WriteAsync(_bytes.AsMemory(9_000_000), Cancel);
            await appender.CompleteAsync(Cancel);
        }
        Assert.Equal(_bytes, await ReadAsync(store, id));
        Assert.Empty(await store.ListAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel));
        var gate = new S3ClaimGate(new S3Bucket(few));
        await gate.MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), Cancel);
        await store.DeleteAsync(id, Cancel);
        await store.DeleteAsync(id, Cancel);
        Assert.StartsWith("claims/", Assert.Single(await S3Server.ListAsync(bucket)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_or_not_ours_says_what_to_correct()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        foreach (var (wrong, setting) in new[]
        {
            (bucket with { Bucket = "nobodys" }, "OTS_S3_BUCKET"),
            (bucket with { AccessKey = "nobody" }, "OTS_S3_ACCESS_KEY"),
            (bucket with { SecretKey = "guessed" }, "OTS_S3_SECRET_KEY"),
            (bucket with { AccessKey = "few", SecretKey = "fewfew" }, "rights to get, put and delete"),
        })
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Open(wrong).CheckAsync(Cancel));
            Assert.Contains(setting, failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(wrong.SecretKey, failure.ToString(), StringComparison.Ordinal);
        }
    }

    // This server takes what it has not read of a refused body for the connection's next request.
    [Fact]
    public async Task What_follows_a_refused_write_is_answered_as_if_nothing_had_been()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        var refused = Open(bucket with { AccessKey = "few", SecretKey = "fewfew" });
        for (int i = 0; i < 20; i++)
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => refused.CheckAsync(Cancel));
            Assert.Contains("rights to get, put and delete", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bucket_that_keeps_what_is_deleted_is_refused()
    {
        var bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();
        using (var owner = S3Server.ClientOf(bucket))
            await owner.PutBucketVersioningAsync(new Amazon.S3.Model.PutBucketVersioningRequest
            {
                BucketName = bucket.Bucket,
                VersioningConfig = new() { Status = Amazon.S3.VersionStatus.Enabled },
            }, Cancel);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Open(bucket).CheckAsync(Cancel));
        Assert.Contains("versioning", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A blob is being written and another one read, and each is broken off.</summary>
    private async Task<(S3BlobStore Store, ShareId Kept)> BreakAsync(S3Options bucket, Func<Task> happen)
    {
        var store = Open(bucket);
        var kept = ShareId.Create();
        await WriteAsync(store, kept);
        await using var stream = await store.OpenAsync(kept, 0, _bytes.Length, Cancel);
        await stream!.ReadExactlyAsync(new byte[100_000], Cancel);
        await using (var writer = await store.CreateAsync(ShareId.Create(), Cancel))
        {
            await writer.WriteAsync(_bytes.AsMemory(0, 10_000_000), Cancel);
            await happen();
            await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
            {
                await writer.WriteAsync(_bytes.AsMemory(10_000_000), Cancel);
                await writer.CompleteAsync(Cancel);
            });
        }
        await Assert.ThrowsAsync<StoreUnavailableException>(() => stream.CopyToAsync(Stream.Null, Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.OpenAsync(kept, 0, 1, Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.DeleteAsync(kept, Cancel));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CheckAsync(Cancel));
        return (store, kept);
    }

    private static S3BlobStore Open(S3Options bucket) => new(new S3Bucket(bucket), TimeProvider.System);

    private async Task WriteAsync(S3BlobStore store, ShareId id)
    {
        await using var writer = await store.CreateAsync(id, Cancel);
        await writer.WriteAsync(_bytes, Cancel);
        await writer.CompleteAsync(Cancel);
    }

    private async Task<byte[]> ReadAsync(S3BlobStore store, ShareId id)
    {
        await using var stream = await store.OpenAsync(id, 0, _bytes.Length, Cancel);
        using var read = new MemoryStream();
        await stream!.CopyToAsync(read, Cancel);
        return read.ToArray();
    }
}
