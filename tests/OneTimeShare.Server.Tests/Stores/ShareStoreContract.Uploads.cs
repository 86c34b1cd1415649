using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public abstract partial class ShareStoreContract
{
    private const long Length = 5_000_000;

    [Fact]
    public async Task An_upload_is_found_by_its_sender_as_far_as_it_has_got()
    {
        var store = Start();
        var upload = await BeginAsync(store);
        var begun = await FindAsync(store, upload);
        Assert.Equal((0, Length), (begun!.Offset, begun.Length));
        long writer = await TakeAsync(store, upload, 0);
        byte[] head = RandomNumberGenerator.GetBytes(24), tail = RandomNumberGenerator.GetBytes(99);
        Assert.NotNull(await AdvanceAsync(store, upload, writer, 4_900_000, head, tail));

        await CloseAllAsync();
        store = Start();
        Assert.Equal(4_900_000, (await FindAsync(store, upload))!.Offset);
        Assert.Null(await Uploads(store).FindUploadAsync(upload.Id, ShareSample.RandomVerifier(), Cancel));
        Assert.Null(await Uploads(store).FindUploadAsync(ShareId.Create(), upload.ReceiptVerifier, Cancel));
        var taken = await Uploads(store).TakeUploadAsync(upload.Id, upload.ReceiptVerifier, 4_900_000, Cancel);
        Assert.Equal((TakeOutcome.Taken, Length, upload.Lifetime), (taken.Outcome, taken.Length, taken.Lifetime));
        Assert.Equal(head, taken.Head);
        Assert.Equal(tail, taken.Tail);
    }

    [Fact]
    public async Task An_upload_is_taken_at_its_own_offset_and_by_its_sender_only()
    {
        var store = Start();
        var upload = await BeginAsync(store);
        await AdvanceAsync(store, upload, await TakeAsync(store, upload, 0), 10);
        foreach (var (id, token, offset, outcome) in new[]
        {
            (upload.Id, upload.ReceiptVerifier, 9, TakeOutcome.OffsetDiffers),
            (upload.Id, upload.ReceiptVerifier, 11, TakeOutcome.OffsetDiffers),
            (upload.Id, ShareSample.RandomVerifier(), 10, TakeOutcome.NotFound),
            (ShareId.Create(), upload.ReceiptVerifier, 10, TakeOutcome.NotFound),
        })
            Assert.Equal(outcome, (await Uploads(store).TakeUploadAsync(id, token, offset, Cancel)).Outcome);
    }

    [Fact]
    public async Task The_newest_writer_takes_over_and_an_older_one_can_do_nothing_any_more()
    {
        IShareStore store = Start(), other = Start();
        var upload = await BeginAsync(store);
        long older = await TakeAsync(store, upload, 0);
        long newer = await TakeAsync(other, upload, 0);
        Assert.Null(await AdvanceAsync(store, upload, older, 100));
        Assert.Null(await PublishUploadAsync(store, upload, older));
        Assert.False(await Uploads(store).EndUploadAsync(upload.Id, upload.ReceiptVerifier, older, Cancel));
        Assert.Equal(0, (await FindAsync(store, upload))!.Offset);

        Assert.NotNull(await AdvanceAsync(other, upload, newer, 50));
        Assert.NotNull(await AdvanceAsync(store, upload, newer, 60));
        Assert.NotNull(await PublishUploadAsync(store, upload, newer));
    }

    [Fact]
    public async Task Of_many_who_take_an_upload_at_once_one_can_publish_it()
    {
        IShareStore[] stores = [Start(), Start(), Start()];
        for (int round = 0; round < 20; round++)
        {
            var upload = await BeginAsync(stores[0]);
            var published = await AtOnceAsync(12, async number =>
            {
                var store = Uploads(stores[number % 3]);
                var taken = await store.TakeUploadAsync(upload.Id, upload.ReceiptVerifier, 0, Cancel);
                return await PublishUploadAsync(stores[number % 3], upload, taken.Writer);
            });
            Assert.Single(published, expiresAt => expiresAt is not null);
        }
    }

    [Fact]
    public async Task A_published_upload_is_a_share_whose_time_begins_now()
    {
        var store = Start();
        var upload = await BeginAsync(store);
        await AdvanceAsync(TimeSpan.FromMinutes(30));
        var share = ShareSample.OfBlob();
        var expiresAt = await PublishUploadAsync(store, upload, await TakeAsync(store, upload, 0), share);

        var receipt = await store.ReadReceiptAsync(upload.Id, upload.ReceiptVerifier, Cancel);
        Assert.Equal((ShareState.Pending, expiresAt), (receipt!.State, receipt.ExpiresAt));
        Assert.Equal(share.Lifetime, receipt.ExpiresAt - receipt.CreatedAt);
        Assert.Equal(share.Held, await store.ReadStorageUsedAsync(Cancel));
        var shown = new Shown(share.Link, share.Claim, ShareSample.RandomVerifier());
        Assert.Equal(CheckOutcome.Passed, (await store.ClaimAsync(upload.Id, shown, Cancel)).Check.Outcome);
    }

    [Fact]
    public async Task A_published_upload_is_found_as_whole_though_the_share_has_ended_and_takes_nothing_more()
    {
        var store = Start();
        var upload = await BeginAsync(store);
        long writer = await TakeAsync(store, upload, 0);
        await PublishUploadAsync(store, upload, writer);
        Assert.Equal(new FoundUpload(Length, Length, null), await FindAsync(store, upload));
        Assert.Null(await AdvanceAsync(store, upload, writer, 1));
        Assert.Null(await PublishUploadAsync(store, upload, writer));
        Assert.False(await Uploads(store).EndUploadAsync(upload.Id, upload.ReceiptVerifier, null, Cancel));
        Assert.Equal(
            TakeOutcome.NotFound,
            (await Uploads(store).TakeUploadAsync(upload.Id, upload.ReceiptVerifier, Length, Cancel)).Outcome);

        await store.EndAsync(upload.Id, upload.ReceiptVerifier, Cancel);
        Assert.Equal(new FoundUpload(Length, Length, null), await FindAsync(store, upload));
        var share = await PublishAsync(store);
        Assert.Null(await Uploads(store).FindUploadAsync(share.Id, share.Receipt, Cancel));
    }

    [Fact]
    public async Task An_upload_has_reserved_all_of_its_length()
    {
        var store = Start(new ShareOptions { MaxStorage = Length + 1000 });
        var upload = await BeginAsync(store);
        Assert.Equal(Length, await store.ReadStorageUsedAsync(Cancel));
        Assert.Null(await store.PublishAsync(ShareSample.OfBlob(1001).New, Cancel));
        var refused = await Uploads(store).BeginUploadAsync(NewUpload(length: 1001), Cancel);
        Assert.Equal(new BegunUpload(BeginOutcome.StorageFull), refused);

        Assert.True(await Uploads(store).EndUploadAsync(upload.Id, upload.ReceiptVerifier, null, Cancel));
        Assert.False(await Uploads(store).EndUploadAsync(upload.Id, upload.ReceiptVerifier, null, Cancel));
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
        await SweepAllAsync(store);
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
        await BeginAsync(store, NewUpload(length: Length + 1000));
    }

    [Fact]
    public async Task A_network_has_so_many_unfinished_uploads_and_another_its_own()
    {
        var store = Start(new ShareOptions { UploadsPerNetwork = 3 });
        var network = ShareSample.RandomVerifier();
        var begun = await AtOnceAsync(
            20, _ => Uploads(store).BeginUploadAsync(NewUpload() with { Network = network }, Cancel));
        Assert.Equal(3, begun.Count(upload => upload.Outcome is BeginOutcome.Begun));
        Assert.Equal(17, begun.Count(upload => upload.Outcome is BeginOutcome.TooMany));
        Assert.Equal(3 * Length, await store.ReadStorageUsedAsync(Cancel));
        await BeginAsync(store);

        await AdvanceAsync(TimeSpan.FromHours(1));
        NewUpload published = NewUpload() with { Network = network }, ended = NewUpload() with { Network = network };
        await BeginAsync(store, published);
        await BeginAsync(store, ended);
        await BeginAsync(store, NewUpload() with { Network = network });
        await PublishUploadAsync(store, published, await TakeAsync(store, published, 0));
        await Uploads(store).EndUploadAsync(ended.Id, ended.ReceiptVerifier, null, Cancel);
        await BeginAsync(store, NewUpload() with { Network = network });
        await BeginAsync(store, NewUpload() with { Network = network });
        var refused = await Uploads(store).BeginUploadAsync(NewUpload() with { Network = network }, Cancel);
        Assert.Equal(BeginOutcome.TooMany, refused.Outcome);
    }

    [Fact]
    public async Task An_upload_that_is_idle_is_gone_without_a_record_and_every_advance_keeps_it()
    {
        var store = Start();
        NewUpload idle = await BeginAsync(store), busy = await BeginAsync(store);
        long writer = await TakeAsync(store, idle, 0);
        await AdvanceAsync(TimeSpan.FromHours(1) - Millisecond);
        Assert.NotNull(await AdvanceAsync(store, busy, await TakeAsync(store, busy, 0), 1));
        Assert.NotNull(await FindAsync(store, idle));
        Assert.Empty(await store.SweepAsync(Cancel));

        await AdvanceAsync(Millisecond);
        Assert.Null(await FindAsync(store, idle));
        Assert.Null(await AdvanceAsync(store, idle, writer, 1));
        Assert.Null(await PublishUploadAsync(store, idle, writer));
        Assert.Equal([idle.Id], await store.SweepAsync(Cancel));
        Assert.Equal([idle.Id], await store.SweepAsync(Cancel));
        Assert.Equal(Length, await store.ReadStorageUsedAsync(Cancel));
        await store.FreedAsync([idle.Id, busy.Id], Cancel);
        Assert.Empty(await store.SweepAsync(Cancel));
        Assert.Equal(1, (await FindAsync(store, busy))!.Offset);
        Assert.Null(await store.ReadReceiptAsync(idle.Id, idle.ReceiptVerifier, Cancel));
    }

    [Fact]
    public async Task An_upload_is_gone_after_a_day_however_busy()
    {
        var store = Start();
        var upload = await BeginAsync(store);
        long writer = await TakeAsync(store, upload, 0);
        for (int half = 1; half < 48; half++)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(30));
            var expiresAt = await AdvanceAsync(store, upload, writer, half);
            Assert.Equal(expiresAt, (await FindAsync(store, upload))!.ExpiresAt);
        }

        await AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Null(await FindAsync(store, upload));
        Assert.Equal([upload.Id], await SweepAllAsync(store));
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_sweep_gets_to_every_upload_however_many_there_are()
    {
        var store = Start();
        var uploads = await AtOnceAsync(600, _ => BeginAsync(store));
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal([.. uploads.Select(upload => upload.Id)], (await SweepAllAsync(store)).ToHashSet());
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task The_blob_of_an_upload_is_no_orphan_until_it_ends()
    {
        var store = Start();
        NewUpload upload = await BeginAsync(store), ended = await BeginAsync(store);
        await Uploads(store).EndUploadAsync(ended.Id, ended.ReceiptVerifier, null, Cancel);
        Assert.Equal([ended.Id], await store.FindOrphansAsync([upload.Id, ended.Id], Cancel));
        Assert.Equal([ended.Id], await SweepAllAsync(store));
        await AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal([upload.Id], await store.FindOrphansAsync([upload.Id], Cancel));
    }

    [Fact]
    public async Task Nothing_of_an_upload_that_has_ended_remains_once_it_is_scrubbed()
    {
        var store = Start();
        var kept = new List<byte[]>();
        foreach (bool byItsSender in new[] { true, false })
        {
            var upload = await BeginAsync(store);
            long writer = await TakeAsync(store, upload, 0);
            byte[] head = RandomNumberGenerator.GetBytes(24), tail = RandomNumberGenerator.GetBytes(24);
            await AdvanceAsync(store, upload, writer, Length - 1, head, tail);
            kept.AddRange([head, tail]);
            if (byItsSender)
                await Uploads(store).EndUploadAsync(upload.Id, upload.ReceiptVerifier, null, Cancel);
        }

        Assert.Contains(kept, bytes => ReadRaw().AsSpan().IndexOf(bytes) >= 0);
        await AdvanceAsync(TimeSpan.FromHours(1));
        await SweepAllAsync(store);
        await store.ScrubAsync(Cancel);
        Assert.All(kept, bytes => Assert.Equal(-1, ReadRaw().AsSpan().IndexOf(bytes)));
    }

    private static IUploadStore Uploads(IShareStore store) => Assert.IsType<IUploadStore>(store, exactMatch: false);

    private static NewUpload NewUpload(long length = Length) => new(
        ShareId.Create(), ShareSample.RandomVerifier(), length, TimeSpan.FromHours(1), ShareSample.RandomVerifier());

    private static async Task<NewUpload> BeginAsync(IShareStore store, NewUpload? upload = null)
    {
        upload ??= NewUpload();
        Assert.Equal(BeginOutcome.Begun, (await Uploads(store).BeginUploadAsync(upload, Cancel)).Outcome);
        return upload;
    }

    private static Task<FoundUpload?> FindAsync(IShareStore store, NewUpload upload) =>
        Uploads(store).FindUploadAsync(upload.Id, upload.ReceiptVerifier, Cancel);

    private static async Task<long> TakeAsync(IShareStore store, NewUpload upload, long offset)
    {
        var taken = await Uploads(store).TakeUploadAsync(upload.Id, upload.ReceiptVerifier, offset, Cancel);
        Assert.Equal(TakeOutcome.Taken, taken.Outcome);
        return taken.Writer;
    }

    private static Task<DateTimeOffset?> AdvanceAsync(
        IShareStore store, NewUpload upload, long writer, long offset, byte[]? head = null, byte[]? tail = null) =>
        Uploads(store).AdvanceUploadAsync(upload.Id, writer, offset, head ?? [], tail ?? [], Cancel);

    private static Task<DateTimeOffset?> PublishUploadAsync(
        IShareStore store, NewUpload upload, long writer, ShareSample? share = null) =>
        Uploads(store).PublishUploadAsync(
            writer,
            (share ?? ShareSample.OfBlob()).New with { Id = upload.Id, ReceiptVerifier = upload.ReceiptVerifier },
            Cancel);
}
