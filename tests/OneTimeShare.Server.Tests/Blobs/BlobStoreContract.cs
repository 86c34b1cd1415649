using System.Buffers;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

/// <summary>
/// All that a blob store promises, whatever it keeps blobs in. A backend inherits it, and says how to get at the
/// blobs and where to look for bytes that should be gone.
/// </summary>
public abstract partial class BlobStoreContract : IAsyncDisposable
{
    private static readonly DateTimeOffset Ever = DateTimeOffset.MaxValue.AddDays(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Another way to the same blobs, as another process would have it.</summary>
    private protected abstract IBlobStore Open();

    /// <summary>All that the stores have written and that is still there, wherever it is.</summary>
    private protected abstract ValueTask<byte[]> ReadRawAsync();

    public abstract ValueTask DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(65_552 + 24)]
    [InlineData(12_000_001)]
    public async Task A_completed_blob_is_read_as_it_was_written(int length)
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, length);
        Assert.Equal(bytes, await ReadAsync(store, id, 0, length));
        Assert.Equal(bytes, await ReadAsync(Open(), id, 0, length));
    }

    [Fact]
    public async Task Any_part_of_a_blob_is_read_exactly()
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, 200_000);
        foreach (var (offset, length) in new[] { (0, 1), (24, 65_552), (199_999, 1), (131_072, 68_928), (7, 0) })
            Assert.Equal(bytes[offset..(offset + length)], await ReadAsync(store, id, offset, length));
    }

    [Fact]
    public async Task Many_read_one_blob_at_once()
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, 300_000);
        var reads = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => ReadAsync(store, id, n * 1000, 200_000)));
        for (int n = 0; n < reads.Length; n++)
            Assert.Equal(bytes[(n * 1000)..((n * 1000) + 200_000)], reads[n]);
    }

    [Fact]
    public async Task A_blob_that_is_not_there_is_null()
    {
        Assert.Null(await Open().OpenAsync(ShareId.Create(), 0, 1, Cancel));
    }

    [Fact]
    public async Task A_blob_is_not_there_before_it_is_complete_nor_after_it_was_given_up()
    {
        var store = Open();
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(100_000);
        await using (var writer = await store.CreateAsync(id, Cancel))
        {
            await writer.WriteAsync(bytes, Cancel);
            Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
        }

        Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
        Assert.Equal(-1, (await ReadRawAsync()).AsSpan().IndexOf(bytes.AsSpan(0, 16)));
        Assert.DoesNotContain(id, await ListAsync(store, Ever));
    }

    [Fact]
    public async Task A_blob_that_was_given_up_may_be_begun_again()
    {
        var store = Open();
        var id = ShareId.Create();
        await using (var writer = await store.CreateAsync(id, Cancel))
            await writer.WriteAsync(new byte[100], Cancel);
        byte[] bytes = RandomNumberGenerator.GetBytes(100);
        await WriteAsync(store, id, bytes);
        Assert.Equal(bytes, await ReadAsync(store, id, 0, 100));
    }

    [Fact]
    public async Task A_blob_is_written_once()
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, 1000);
        await Assert.ThrowsAnyAsync<Exception>(() => WriteAsync(store, id, new byte[1000]));
        Assert.Equal(bytes, await ReadAsync(store, id, 0, 1000));
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_and_deleting_it_again_is_no_error()
    {
        var store = Open();
        var (id, bytes) = await WriteAsync(store, 100_000);
        await store.DeleteAsync(id, Cancel);
        Assert.Null(await store.OpenAsync(id, 0, 1, Cancel));
        Assert.Equal(-1, (await ReadRawAsync()).AsSpan().IndexOf(bytes.AsSpan(0, 16)));
        await store.DeleteAsync(id, Cancel);
        await store.DeleteAsync(ShareId.Create(), Cancel);
        Assert.DoesNotContain(id, await ListAsync(store, Ever));
    }

    [Fact]
    public async Task A_listing_has_all_blobs_unfinished_ones_too_and_none_that_was_written_later()
    {
        var store = Open();
        var begun = ShareId.Create();
        await AppendAsync(store, begun, new byte[10], 0, 10);
        var ids = new HashSet<ShareId> { begun };
        for (int n = 0; n < 20; n++)
            ids.Add((await WriteAsync(store, 10)).Id);
        Assert.Equal(ids, [.. await ListAsync(store, Ever)]);
        Assert.Empty(await ListAsync(store, DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task What_was_listed_can_be_deleted_unfinished_ones_too()
    {
        var store = Open();
        await AppendAsync(store, ShareId.Create(), new byte[10], 0, 10);
        await WriteAsync(store, 10);
        foreach (var id in await ListAsync(store, Ever))
            await store.DeleteAsync(id, Cancel);
        Assert.Empty(await ListAsync(store, Ever));
    }

    [Fact]
    public async Task What_somebody_is_writing_is_not_listed_however_long_it_takes()
    {
        var store = Open();
        ShareId id = ShareId.Create(), growing = ShareId.Create();
        await using (var appender = await ContinueAsync(store, growing, 0))
        await using (var writer = await store.CreateAsync(id, Cancel))
        {
            await appender.WriteAsync(new byte[10], Cancel);
            await writer.WriteAsync(new byte[10], Cancel);
            Assert.Empty(await ListAsync(store, Ever));
            Assert.Empty(await ListAsync(Open(), Ever));
            await appender.FlushAsync(Cancel);
            await writer.CompleteAsync(Cancel);
        }
        Assert.Equal([id, growing], (await ListAsync(store, Ever)).ToHashSet());
    }

    [Fact]
    public async Task What_lies_in_many_pieces_is_written_in_their_order()
    {
        var store = Open();
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(2_000_000);
        await using (var appender = await ContinueAsync(store, id, 0))
        {
            await appender.WriteAsync(InPieces(bytes.AsMemory(0, 1_500_000), 1_000), Cancel);
            await appender.WriteAsync(InPieces(bytes.AsMemory(1_500_000), 4_096), Cancel);
            await appender.CompleteAsync(Cancel);
        }
        Assert.Equal(bytes, await ReadAsync(store, id, 0, bytes.Length));
        await store.DeleteAsync(id, Cancel);
        await using (var writer = await store.CreateAsync(id, Cancel))
        {
            await writer.WriteAsync(InPieces(bytes.AsMemory(0, 1_500_000), 1_000), Cancel);
            await writer.WriteAsync(ReadOnlySequence<byte>.Empty, Cancel);
            await writer.WriteAsync(InPieces(bytes.AsMemory(1_500_000), 4_096), Cancel);
            await writer.CompleteAsync(Cancel);
        }
        Assert.Equal(bytes, await ReadAsync(store, id, 0, bytes.Length));
    }

    [Fact]
    public async Task A_check_passes_where_the_store_works_and_leaves_nothing()
    {
        var store = Open();
        await store.CheckAsync(Cancel);
        Assert.Empty(await ListAsync(store, Ever));
    }

    private static async Task<(ShareId Id, byte[] Bytes)> WriteAsync(IBlobStore store, int length)
    {
        var id = ShareId.Create();
        byte[] bytes = RandomNumberGenerator.GetBytes(length);
        await WriteAsync(store, id, bytes);
        return (id, bytes);
    }

    private static async Task WriteAsync(IBlobStore store, ShareId id, ReadOnlyMemory<byte> bytes)
    {
        await using var writer = await store.CreateAsync(id, Cancel);
        // Of no particular size, as pieces from a network are.
        for (int at = 0; at < bytes.Length; at += 10_007)
            await writer.WriteAsync(bytes.Slice(at, Math.Min(10_007, bytes.Length - at)), Cancel);
        await writer.CompleteAsync(Cancel);
    }

    private static ReadOnlySequence<byte> InPieces(ReadOnlyMemory<byte> bytes, int length)
    {
        var first = new Piece(bytes[..length], before: 0);
        var last = first;
        for (int at = length; at < bytes.Length; at += length)
            last = last.Add(bytes.Slice(at, Math.Min(length, bytes.Length - at)));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> bytes, long before) => (Memory, RunningIndex) = (bytes, before);

        public Piece Add(ReadOnlyMemory<byte> bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }

    private static async Task<byte[]> ReadAsync(IBlobStore store, ShareId id, long offset, int length)
    {
        await using var stream = await store.OpenAsync(id, offset, length, Cancel);
        Assert.NotNull(stream);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancel);
        return read.ToArray();
    }

    private static async Task<List<ShareId>> ListAsync(IBlobStore store, DateTimeOffset before)
    {
        var ids = new List<ShareId>();
        await foreach (var id in store.ListAsync(before, Cancel))
            ids.Add(id);
        return ids;
    }
}
