using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public abstract partial class ShareStoreContract
{
    [Fact]
    public async Task A_share_expires_its_lifetime_after_its_publication()
    {
        var store = Start();
        var share = ShareSample.OfOneRecord();
        var expiresAt = await store.PublishAsync(share.New, Cancel);
        var receipt = await ReceiptAsync(store, share);
        Assert.Equal(expiresAt, receipt.ExpiresAt);
        Assert.Equal(receipt.CreatedAt + share.Lifetime, receipt.ExpiresAt);
    }

    [Fact]
    public async Task An_id_that_is_taken_is_not_published_again()
    {
        var store = Start();
        var first = await PublishAsync(store);
        var second = ShareSample.OfOneRecord();
        var sameId = second.New with { Id = first.Id };
        await Assert.ThrowsAnyAsync<Exception>(() => store.PublishAsync(sameId, Cancel));
        var unlock = await store.UnlockAsync(first.Id, first.Shown(), Cancel);
        Assert.Equal(first.Manifest, unlock.Manifest!.Bytes);
        Assert.Equal(first.Held, await store.ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_preview_shows_a_pending_share_to_whoever_holds_the_link()
    {
        var store = Start();
        var share = ShareSample.OfOneRecord();
        var expiresAt = await store.PublishAsync(share.New, Cancel);
        var preview = await store.PreviewAsync(share.Id, share.Link, null, Cancel);
        Assert.Equal(PreviewOutcome.Found, preview.Outcome);
        Assert.Equal(share.Header.Bytes, preview.Header!.Bytes);
        Assert.Equal((share.Size, expiresAt, false), (preview.Size, preview.ExpiresAt, preview.Locked));
    }

    [Fact]
    public async Task A_preview_shows_a_claimed_share_to_its_claimant_only()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var token = await ClaimAsync(store, share);
        var own = await store.PreviewAsync(share.Id, share.Link, token, Cancel);
        var others = await store.PreviewAsync(share.Id, share.Link, ShareSample.RandomVerifier(), Cancel);
        var nobodys = await store.PreviewAsync(share.Id, share.Link, null, Cancel);
        Assert.Equal(PreviewOutcome.Found, own.Outcome);
        Assert.Equal(share.Header.Bytes, own.Header!.Bytes);
        Assert.Equal(PreviewOutcome.Ended, others.Outcome);
        Assert.Equal(ShareState.Claimed, others.Ending.State);
        Assert.Equal(others, nobodys);
    }

    [Fact]
    public async Task Strangers_get_one_answer_for_every_id()
    {
        var store = Start();
        var live = await PublishAsync(store);
        var burned = await PublishAsync(store);
        await store.EndAsync(burned.Id, burned.Receipt, Cancel);
        var token = ShareSample.RandomVerifier();
        foreach (var id in new[] { live.Id, burned.Id, ShareId.Create() })
        {
            Assert.Equal(new Preview(PreviewOutcome.NotFound), await store.PreviewAsync(id, token, token, Cancel));
            Assert.Equal(
                new Unlock(new Check(CheckOutcome.NotFound)),
                await store.UnlockAsync(id, live.WrongLink(), Cancel));
            Assert.Equal(
                new Claim(new Check(CheckOutcome.NotFound)),
                await store.ClaimAsync(id, live.WrongLink(token), Cancel));
            Assert.Equal(new Delivery(DeliveryOutcome.NotFound), await store.DeliverAsync(id, token, Cancel));
            Assert.Equal(EndOutcome.NotFound, await store.EndAsync(id, token, Cancel));
            Assert.Null(await store.ReadReceiptAsync(id, token, Cancel));
            Assert.False(await store.AllowAttemptsAsync(id, token, Cancel));
            await store.ShortenLeaseAsync(id, token, TimeSpan.Zero, Cancel);
        }

        Assert.Equal((ShareState.Pending, 0), await StateAndFailuresAsync(store, live));
    }

    [Fact]
    public async Task An_unlock_shows_the_manifest_and_takes_nothing()
    {
        var store = Start();
        var share = ShareSample.OfOneRecord();
        var expiresAt = await store.PublishAsync(share.New, Cancel);
        foreach (int _ in Enumerable.Range(0, 3))
        {
            var unlock = await store.UnlockAsync(share.Id, share.Shown(), Cancel);
            Assert.Equal(CheckOutcome.Passed, unlock.Check.Outcome);
            Assert.Equal(share.Manifest, unlock.Manifest!.Bytes);
            Assert.Equal((share.Size, expiresAt), (unlock.Size, unlock.ExpiresAt));
        }

        Assert.Equal((ShareState.Pending, 0), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task A_wrong_link_proof_is_not_counted_even_with_a_wrong_claim_proof()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var shown = new Shown(ShareSample.RandomVerifier(), ShareSample.RandomVerifier(), null);
        Assert.Equal(CheckOutcome.NotFound, (await store.UnlockAsync(share.Id, shown, Cancel)).Check.Outcome);
        Assert.Equal((ShareState.Pending, 0), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task Wrong_claim_proofs_are_counted_over_unlock_and_claim_together_until_they_lock()
    {
        var store = Start(new ShareOptions { MaxPassphraseAttempts = 3 });
        var share = await PublishAsync(store);
        var token = ShareSample.RandomVerifier();
        var first = await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        var second = await store.ClaimAsync(share.Id, share.WrongPassphrase(token), Cancel);
        var third = await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        Assert.Equal((CheckOutcome.WrongClaimProof, 2), (first.Check.Outcome, first.Check.AttemptsLeft));
        Assert.Equal((CheckOutcome.WrongClaimProof, 1), (second.Check.Outcome, second.Check.AttemptsLeft));
        Assert.Equal((CheckOutcome.WrongClaimProof, 0), (third.Check.Outcome, third.Check.AttemptsLeft));
        Assert.Equal(
            new Unlock(new Check(CheckOutcome.Locked)),
            await store.UnlockAsync(share.Id, share.Shown(), Cancel));
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Locked)),
            await store.ClaimAsync(share.Id, share.Shown(token), Cancel));
        Assert.Equal(
            new Claim(new Check(CheckOutcome.Locked)),
            await store.ClaimAsync(share.Id, share.WrongPassphrase(token), Cancel));
        Assert.True((await store.PreviewAsync(share.Id, share.Link, null, Cancel)).Locked);
        Assert.True((await ReceiptAsync(store, share)).Locked);
        Assert.Equal((ShareState.Pending, 3), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task A_success_does_not_reset_the_count()
    {
        var store = Start();
        var share = await PublishAsync(store);
        await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        await store.UnlockAsync(share.Id, share.Shown(), Cancel);
        await ClaimAsync(store, share);
        Assert.Equal((ShareState.Claimed, 1), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task Its_sender_unlocks_a_locked_share_by_allowing_more_attempts()
    {
        var store = Start(new ShareOptions { MaxPassphraseAttempts = 1 });
        var share = await PublishAsync(store);
        await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        Assert.Equal(CheckOutcome.Locked, (await store.UnlockAsync(share.Id, share.Shown(), Cancel)).Check.Outcome);
        Assert.False(await store.AllowAttemptsAsync(share.Id, share.Link, Cancel));
        Assert.True(await store.AllowAttemptsAsync(share.Id, share.Receipt, Cancel));
        Assert.Equal(CheckOutcome.Passed, (await store.UnlockAsync(share.Id, share.Shown(), Cancel)).Check.Outcome);
    }

    [Fact]
    public async Task More_attempts_are_allowed_in_any_state()
    {
        var store = Start();
        var share = await PublishAsync(store);
        await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        await store.EndAsync(share.Id, share.Receipt, Cancel);
        Assert.True(await store.AllowAttemptsAsync(share.Id, share.Receipt, Cancel));
        Assert.Equal((ShareState.Burned, 0), await StateAndFailuresAsync(store, share));
    }

    [Fact]
    public async Task An_end_is_told_before_a_lock_and_nothing_is_counted_after_it()
    {
        var store = Start(new ShareOptions { MaxPassphraseAttempts = 1 });
        var share = await PublishAsync(store);
        await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        await AdvanceAsync(share.Lifetime);
        var unlock = await store.UnlockAsync(share.Id, share.WrongPassphrase(), Cancel);
        Assert.Equal((CheckOutcome.Ended, ShareState.Expired), (unlock.Check.Outcome, unlock.Check.Ending.State));
        Assert.Equal((ShareState.Expired, 1), await StateAndFailuresAsync(store, share));
        Assert.False((await ReceiptAsync(store, share)).Locked);
    }

    [Fact]
    public async Task A_caller_who_has_gone_before_the_act_changes_nothing()
    {
        var store = Start();
        var share = await PublishAsync(store);
        var gone = new CancellationToken(canceled: true);
        var shown = share.Shown(ShareSample.RandomVerifier());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ClaimAsync(share.Id, shown, gone));
        Assert.Equal((ShareState.Pending, 0), await StateAndFailuresAsync(store, share));
    }

    private static async Task<(ShareState State, int FailedAttempts)> StateAndFailuresAsync(
        IShareStore store, ShareSample share)
    {
        var receipt = await ReceiptAsync(store, share);
        return (receipt.State, receipt.FailedAttempts);
    }
}
