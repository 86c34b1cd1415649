using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public abstract partial class ShareStoreContract
{
    [Fact]
    public async Task A_claim_gives_manifest_and_records_for_as_long_as_its_lease_lasts()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = ShareSample.RandomVerifier();
        var claim = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        Assert.Equal(CheckOutcome.Passed, claim.Check.Outcome);
        Assert.Equal(share.Manifest, claim.Manifest!.Bytes);
        Assert.Equal((share.Id, share.Size), (claim.Content!.Id, claim.Content.Size));
        Assert.Equal(share.Records, claim.Content.Records);

        var delivery = await store.DeliverAsync(share.Id, token, Cancel);
        Assert.Equal((DeliveryOutcome.Claimed, claim.LeaseUntil), (delivery.Outcome, delivery.LeaseUntil));
        Assert.Equal(share.Records, delivery.Content!.Records);
        Assert.Equal(ShareState.Claimed, (await ReceiptAsync(store, share)).State);
    }

    [Fact]
    public async Task Records_in_a_blob_are_not_in_the_answer()
    {
        var store = Start();
        var share = await PublishAsync(store, ShareSample.OfBlob());
        var token = ShareSample.RandomVerifier();
        var claim = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        Assert.Equal(new ClaimedContent(share.Id, share.Size, null), claim.Content);
        Assert.Equal(claim.Content, (await store.DeliverAsync(share.Id, token, Cancel)).Content);
    }

    [Fact]
    public async Task The_lease_is_set_once_by_the_size_of_the_records()
    {
        var options = new ShareOptions { Lease = TimeSpan.FromMinutes(2) };
        var store = Start(options);
        var share = await PublishAsync(store, ShareSample.OfBlob(size: 90 * 65_536));
        var token = ShareSample.RandomVerifier();
        var claim = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        var claimedAt = (await ReceiptAsync(store, share)).ClaimedAt;
        Assert.Equal(claimedAt!.Value + TimeSpan.FromSeconds(120 + 90), claim.LeaseUntil, Millisecond);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        var again = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        Assert.Equal(claim.LeaseUntil, again.LeaseUntil);
        Assert.Equal((claimedAt, claimedAt), (claim.ClaimedAt, again.ClaimedAt));
        Assert.Equal(claimedAt, (await ReceiptAsync(store, share)).ClaimedAt);
    }

    [Fact]
    public async Task A_claim_repeated_with_its_token_gives_the_same_answer_until_the_lease_ends()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = ShareSample.RandomVerifier();
        var first = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        await AdvanceAsync(TimeSpan.FromMinutes(9));
        var again = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        Assert.Equal((CheckOutcome.Passed, first.LeaseUntil), (again.Check.Outcome, again.LeaseUntil));
        Assert.Equal(first.Manifest!.Bytes, again.Manifest!.Bytes);
        Assert.Equal(first.Content!.Records, again.Content!.Records);

        await AdvanceAsync(TimeSpan.FromMinutes(2));
        var late = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Ended, new Ending(ShareState.Unconfirmed, first.LeaseUntil))),
            late);
    }

    [Fact]
    public async Task The_claimants_token_is_enough_to_repeat_and_a_wrong_passphrase_then_is_not_counted()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = await ClaimAsync(store, share);
        var again = await store.ClaimAsync(share.Id, share.WrongPassphrase(token), Cancel);
        Assert.Equal(CheckOutcome.Passed, again.Check.Outcome);
        Assert.Equal((ShareState.Claimed, 0), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task Whoever_comes_second_learns_when_the_first_came_and_counts_nothing()
    {
        var store = Start();
        var share = await PublishAsync(store);
        await ClaimAsync(store, share);
        var claimed = new Ending(ShareState.Claimed, (await ReceiptAsync(store, share)).ClaimedAt!.Value);
        var other = ShareSample.RandomVerifier();
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(new Claim(new Check(CheckOutcome.Ended, claimed)), await ClaimAnewAsync(store, share));
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Ended, claimed)),
            await store.ClaimAsync(share.Id, share.WrongPassphrase(other), Cancel));
        Assert.Equal(
            new Unlock(new Check(CheckOutcome.Ended, claimed)),
            await store.UnlockAsync(share.Id, share.Shown(), Cancel));
        Assert.Equal(DeliveryOutcome.NotFound, (await store.DeliverAsync(share.Id, other, Cancel)).Outcome);
        Assert.Equal((ShareState.Claimed, 0), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task A_lease_may_outlast_the_shares_lifetime()
    {
        var store = Start();
        var share = await PublishAsync(store);
        await AdvanceAsync(share.Lifetime - TimeSpan.FromMinutes(1));
        var token = await ClaimAsync(store, share);
        await AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(DeliveryOutcome.Claimed, (await store.DeliverAsync(share.Id, token, Cancel)).Outcome);
        Assert.Equal(ShareState.Claimed, (await ReceiptAsync(store, share)).State);
    }

    [Fact]
    public async Task A_lease_is_shortened_by_its_claimant_and_never_lengthened()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = ShareSample.RandomVerifier();
        var claim = await store.ClaimAsync(share.Id, share.Shown(token), Cancel);
        var claimedAt = (await ReceiptAsync(store, share)).ClaimedAt!.Value;

        await store.ShortenLeaseAsync(share.Id, token, TimeSpan.FromHours(1), Cancel);
        await store.ShortenLeaseAsync(share.Id, share.Receipt, TimeSpan.FromSeconds(1), Cancel);
        Assert.Equal(claim.LeaseUntil, (await store.DeliverAsync(share.Id, token, Cancel)).LeaseUntil);

        await store.ShortenLeaseAsync(share.Id, token, TimeSpan.FromMinutes(1), Cancel);
        var shortened = (await store.DeliverAsync(share.Id, token, Cancel)).LeaseUntil;
        Assert.InRange(shortened, claimedAt + TimeSpan.FromMinutes(1), claim.LeaseUntil - TimeSpan.FromMinutes(5));
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            new Delivery(DeliveryOutcome.Ended, new Ending(ShareState.Unconfirmed, shortened)),
            await store.DeliverAsync(share.Id, token, Cancel));
        await store.ShortenLeaseAsync(share.Id, token, TimeSpan.FromMinutes(1), Cancel);
        Assert.Equal(shortened, (await ReceiptAsync(store, share)).EndedAt);
    }

    [Fact]
    public async Task A_pending_share_expires_when_its_time_comes_and_not_before()
    {
        var store = Start();
        var share = ShareSample.OfOneRecord();
        var expiresAt = await store.PublishAsync(share.New, Cancel);
        await AdvanceAsync(share.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal(CheckOutcome.Passed, (await store.UnlockAsync(share.Id, share.Shown(), Cancel)).Check.Outcome);
        await AdvanceAsync(TimeSpan.FromSeconds(1));
        var expired = new Ending(ShareState.Expired, expiresAt!.Value);
        Assert.Equal(new Claim(new Check(CheckOutcome.Ended, expired)), await ClaimAnewAsync(store, share));
        Assert.Equal(
            new Preview(PreviewOutcome.Ended, expired), await store.PreviewAsync(share.Id, share.Link, null, Cancel));
        var receipt = await ReceiptAsync(store, share);
        Assert.Equal((ShareState.Expired, expiresAt, null), (receipt.State, receipt.EndedAt, receipt.ClaimedAt));
    }

    [Fact]
    public async Task An_acknowledged_share_is_delivered()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = await ClaimAsync(store, share);
        await AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(EndOutcome.Ended, await store.EndAsync(share.Id, token, Cancel));
        var receipt = await ReceiptAsync(store, share);
        Assert.Equal(ShareState.Delivered, receipt.State);
        Assert.True(receipt.EndedAt >= receipt.ClaimedAt + TimeSpan.FromMinutes(1));
        var delivered = new Ending(ShareState.Delivered, receipt.EndedAt.Value);
        Assert.Equal(new Delivery(DeliveryOutcome.Ended, delivered), await store.DeliverAsync(share.Id, token, Cancel));
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Ended, delivered)),
            await store.ClaimAsync(share.Id, share.Shown(token), Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Its_sender_burns_a_share_whether_it_is_claimed_or_not(bool claimed)
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = claimed ? await ClaimAsync(store, share) : ShareSample.RandomVerifier();
        Assert.Equal(EndOutcome.Ended, await store.EndAsync(share.Id, share.Receipt, Cancel));
        var receipt = await ReceiptAsync(store, share);
        Assert.Equal((ShareState.Burned, claimed), (receipt.State, receipt.ClaimedAt is not null));
        var burned = new Ending(ShareState.Burned, receipt.EndedAt!.Value);
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Ended, burned)),
            await store.ClaimAsync(share.Id, share.Shown(token), Cancel));
        Assert.Equal(
            new Preview(PreviewOutcome.Ended, burned),
            await store.PreviewAsync(share.Id, share.Link, token, Cancel));
        Assert.Equal(
            claimed ? new Delivery(DeliveryOutcome.Ended, burned) : new Delivery(DeliveryOutcome.NotFound),
            await store.DeliverAsync(share.Id, token, Cancel));
    }

    [Fact]
    public async Task The_first_end_stands()
    {
        var store = Start();
        var delivered = await PublishAsync(store);
        var expired = await PublishAsync(store);
        var unconfirmed = await PublishAsync(store);
        var token = await ClaimAsync(store, delivered);
        var slow = await ClaimAsync(store, unconfirmed);
        await store.EndAsync(delivered.Id, token, Cancel);
        var first = await ReceiptAsync(store, delivered);

        await AdvanceAsync(TimeSpan.FromHours(2));
        foreach (var (id, end) in new[]
        {
            (delivered.Id, delivered.Receipt), (delivered.Id, token), (expired.Id, expired.Receipt),
            (unconfirmed.Id, slow), (unconfirmed.Id, unconfirmed.Receipt),
        })
            Assert.Equal(EndOutcome.Ended, await store.EndAsync(id, end, Cancel));

        Assert.Equal(first, await ReceiptAsync(store, delivered));
        var timedOut = await ReceiptAsync(store, expired);
        Assert.Equal((ShareState.Expired, timedOut.ExpiresAt), (timedOut.State, timedOut.EndedAt));
        Assert.Equal(ShareState.Unconfirmed, (await ReceiptAsync(store, unconfirmed)).State);
    }

    [Fact]
    public async Task What_was_answered_is_there_after_a_restart()
    {
        var store = Start();
        var pending = await PublishAsync(store);
        var claimed = await PublishAsync(store);
        var burned = await PublishAsync(store);
        var token = await ClaimAsync(store, claimed);
        await store.UnlockAsync(pending.Id, pending.WrongPassphrase(), Cancel);
        await store.EndAsync(burned.Id, burned.Receipt, Cancel);
        await CloseAllAsync();

        store = Start();
        Assert.Equal((ShareState.Pending, 1), await StateAndFailuresAsync(store, pending));
        var unlock = await store.UnlockAsync(pending.Id, pending.Shown(), Cancel);
        Assert.Equal(pending.Manifest, unlock.Manifest!.Bytes);
        Assert.Equal(claimed.Records, (await store.DeliverAsync(claimed.Id, token, Cancel)).Content?.Records);
        Assert.Equal(CheckOutcome.Ended, (await ClaimAnewAsync(store, claimed)).Check.Outcome);
        Assert.Equal((ShareState.Burned, 0), await StateAndFailuresAsync(store, burned));
        Assert.Equal(pending.Held + claimed.Held, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_check_passes_where_the_store_works()
    {
        var store = Start();
        Assert.Null(await Record.ExceptionAsync(() => store.CheckAsync(Cancel)));
        Assert.Null(await Record.ExceptionAsync(() => store.CheckAsync(Cancel)));
    }
}
