using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public abstract partial class ShareStoreContract
{
    [Fact]
    public async Task A_sweep_names_the_blobs_of_ended_shares_until_they_are_freed()
    {
        var store = Start();
        var burned = await PublishAsync(store, ShareSample.OfBlob());
        var delivered = await PublishAsync(store, ShareSample.OfBlob());
        var live = await PublishAsync(store, ShareSample.OfBlob());
        await PublishAsync(store);
        await store.EndAsync(delivered.Id, await ClaimAsync(store, delivered), Cancel);
        await store.EndAsync(burned.Id, burned.Receipt, Cancel);

        Assert.Equivalent(new[] { burned.Id, delivered.Id }, await store.SweepAsync(Cancel), strict: true);
        await store.FreedAsync([burned.Id, live.Id, ShareId.Create()], Cancel);
        Assert.Equal([delivered.Id], await store.SweepAsync(Cancel));
        await store.FreedAsync([delivered.Id], Cancel);
        Assert.Empty(await store.SweepAsync(Cancel));
        await ClaimAsync(store, live);
    }

    [Fact]
    public async Task A_sweep_frees_what_time_has_ended_and_changes_no_answer()
    {
        var store = Start();
        var expired = await PublishAsync(store, ShareSample.OfBlob());
        var unconfirmed = await PublishAsync(store, ShareSample.OfBlob());
        await PublishAsync(store);
        var token = await ClaimAsync(store, unconfirmed);
        await AdvanceAsync(TimeSpan.FromHours(2));
        var before = (await ReceiptAsync(store, expired), await ReceiptAsync(store, unconfirmed));

        Assert.Equivalent(new[] { expired.Id, unconfirmed.Id }, await SweepAllAsync(store), strict: true);
        Assert.Equal(before, (await ReceiptAsync(store, expired), await ReceiptAsync(store, unconfirmed)));
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
        var claim = await ClaimAnewAsync(store, expired);
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Ended, new Ending(ShareState.Expired, before.Item1.ExpiresAt))),
            claim);
        var delivery = await store.DeliverAsync(unconfirmed.Id, token, Cancel);
        Assert.Equal((DeliveryOutcome.Ended, ShareState.Unconfirmed), (delivery.Outcome, delivery.Ending.State));
    }

    [Fact]
    public async Task A_sweep_gets_to_everything_however_much_there_is()
    {
        var store = Start();
        var shares = await AtOnceAsync(
            700, number => PublishAsync(store, number % 7 == 0 ? ShareSample.OfBlob() : ShareSample.OfOneRecord()));
        await AdvanceAsync(TimeSpan.FromHours(2));
        var withBlobs = shares.Where(share => share.Records is null).Select(share => share.Id).ToHashSet();
        Assert.Equal(withBlobs, [.. await SweepAllAsync(store)]);
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task History_is_kept_after_the_later_of_expiry_and_end_and_then_forgotten()
    {
        var store = Start(new ShareOptions { History = TimeSpan.FromDays(1) });
        var burned = await PublishAsync(store);
        var withBlob = await PublishAsync(store, ShareSample.OfBlob());
        await store.EndAsync(burned.Id, burned.Receipt, Cancel);
        await store.EndAsync(withBlob.Id, withBlob.Receipt, Cancel);
        await AdvanceAsync(TimeSpan.FromDays(1) + burned.Lifetime - TimeSpan.FromMinutes(1));
        await SweepAllAsync(store);
        Assert.Equal(ShareState.Burned, (await ReceiptAsync(store, burned)).State);
        Assert.Equal(CheckOutcome.Ended, (await ClaimAnewAsync(store, burned)).Check.Outcome);

        await AdvanceAsync(TimeSpan.FromMinutes(2));
        await SweepAllAsync(store);
        foreach (var share in new[] { burned, withBlob })
        {
            Assert.Null(await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel));
            Assert.Equal(CheckOutcome.NotFound, (await ClaimAnewAsync(store, share)).Check.Outcome);
        }
    }

    [Fact]
    public async Task A_share_whose_blob_is_not_freed_is_not_forgotten()
    {
        var store = Start();
        var share = await PublishAsync(store, ShareSample.OfBlob());
        await AdvanceAsync(TimeSpan.FromDays(30));
        Assert.Equal([share.Id], await store.SweepAsync(Cancel));
        Assert.Equal([share.Id], await store.SweepAsync(Cancel));
        await store.FreedAsync([share.Id], Cancel);
        Assert.Empty(await store.SweepAsync(Cancel));
        Assert.Null(await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel));
    }

    [Fact]
    public async Task Orphans_are_the_blobs_that_no_live_share_holds()
    {
        var store = Start();
        var pending = await PublishAsync(store, ShareSample.OfBlob());
        var claimed = await PublishAsync(store, ShareSample.OfBlob());
        await ClaimAsync(store, claimed);
        var burned = await PublishAsync(store, ShareSample.OfBlob());
        await store.EndAsync(burned.Id, burned.Receipt, Cancel);
        var withoutBlob = await PublishAsync(store);
        var unknown = ShareId.Create();
        ShareId[] all = [pending.Id, claimed.Id, burned.Id, withoutBlob.Id, unknown];
        Assert.Equal([burned.Id, withoutBlob.Id, unknown], await store.FindOrphansAsync(all, Cancel));
        await AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Equal(all, await store.FindOrphansAsync(all, Cancel));
    }

    [Fact]
    public async Task What_a_share_held_is_given_back_when_it_ends()
    {
        var store = Start(new ShareOptions { MaxStorage = ShareSample.OfOneRecord().Held });
        var first = await PublishAsync(store);
        Assert.Equal(first.Held, await store.ReadStorageUsedAsync(Cancel));
        var second = ShareSample.OfOneRecord();
        Assert.Null(await store.PublishAsync(second.New, Cancel));
        Assert.Null(await store.ReadReceiptAsync(second.Id, second.Receipt, Cancel));

        await store.EndAsync(first.Id, first.Receipt, Cancel);
        await store.EndAsync(first.Id, first.Receipt, Cancel);
        await SweepAllAsync(store);
        Assert.Equal(0, await store.ReadStorageUsedAsync(Cancel));
        Assert.NotNull(await store.PublishAsync(second.New, Cancel));
    }

    [Fact]
    public async Task Nothing_of_a_secret_remains_once_it_has_ended_and_been_swept_and_scrubbed()
    {
        var store = Start();
        var shares = await AtOnceAsync(
            60, number => PublishAsync(store, ShareSample.OfOneRecord(300 + (number * 900))));
        byte[] raw = ReadRaw();
        // But for the few that a page's edge has cut in two.
        Assert.True(shares.SelectMany(Pieces).Count(piece => raw.AsSpan().IndexOf(piece.Span) >= 0) > 1200);
        var expiring = await PublishAsync(store, ShareSample.OfOneRecord(10_000));
        foreach (var share in shares.Where((_, number) => number % 3 != 0))
        {
            var token = await ClaimAsync(store, share);
            await store.EndAsync(share.Id, share.Records!.Length % 2 == 0 ? token : share.Receipt, Cancel);
        }

        await AdvanceAsync(TimeSpan.FromMinutes(1));
        await SweepAllAsync(store);
        await store.ScrubAsync(Cancel);
        AssertGone(shares.Where((_, number) => number % 3 != 0));
        await AdvanceAsync(TimeSpan.FromHours(2));
        await SweepAllAsync(store);
        await store.ScrubAsync(Cancel);
        AssertGone([.. shares, expiring]);
        Assert.Equal(ShareState.Expired, (await ReceiptAsync(store, expiring)).State);
    }

    private void AssertGone(IEnumerable<ShareSample> shares)
    {
        byte[] raw = ReadRaw();
        foreach (var piece in shares.SelectMany(Pieces))
            Assert.Equal(-1, raw.AsSpan().IndexOf(piece.Span));
    }

    // Any 16 bytes are enough to show that something was left behind; these are one or more to a page of 4 KiB.
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(ShareSample share)
    {
        yield return share.Claim.ToArray();
        yield return share.Header.Bytes.ToArray();
        for (int at = 0; at + 16 <= share.Manifest.Length; at += 64)
            yield return share.Manifest.AsMemory(at, 16);
        for (int at = 0; at + 16 <= share.Records!.Length; at += 2000)
            yield return share.Records.AsMemory(at, 16);
    }
}
