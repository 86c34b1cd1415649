using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public abstract partial class ShareStoreContract
{
    private const int Callers = 64;

    [Fact]
    public async Task Of_many_concurrent_claims_exactly_one_wins()
    {
        IShareStore[] stores = [Start(), Start()];
        for (int round = 0; round < 20; round++)
        {
            var share = await PublishAsync(stores[0]);
            var tokens = Enumerable.Range(0, Callers).Select(_ => ShareSample.RandomVerifier()).ToArray();
            var claims = await AtOnceAsync(
                Callers, number => stores[number % 2].ClaimAsync(share.Id, share.Shown(tokens[number]), Cancel));
            int winner = Array.FindIndex(claims, claim => claim.Check.Outcome is CheckOutcome.Passed);
            Assert.Single(claims, claim => claim.Check.Outcome is CheckOutcome.Passed);
            Assert.Equal(Callers - 1, claims.Count(claim => claim.Check.Outcome is CheckOutcome.Ended));
            Assert.Single(claims, claim => claim.Content is not null || claim.Manifest is not null);

            var deliveries = await AtOnceAsync(
                Callers, number => stores[number % 2].DeliverAsync(share.Id, tokens[number], Cancel));
            Assert.Equal(winner, Array.FindIndex(deliveries, delivery => delivery.Content is not null));
            Assert.Single(deliveries, delivery => delivery.Outcome is DeliveryOutcome.Claimed);
        }
    }

    [Fact]
    public async Task One_claim_sent_many_times_at_once_has_one_answer()
    {
        IShareStore[] stores = [Start(), Start()];
        var share = await PublishAsync(stores[0]);
        var shown = share.Shown(ShareSample.RandomVerifier());
        var claims = await AtOnceAsync(Callers, number => stores[number % 2].ClaimAsync(share.Id, shown, Cancel));
        Assert.All(claims, claim => Assert.Equal(CheckOutcome.Passed, claim.Check.Outcome));
        Assert.Single(claims.Select(claim => claim.LeaseUntil).Distinct());
    }

    [Fact]
    public async Task Of_many_concurrent_wrong_proofs_exactly_as_many_are_counted_as_are_allowed()
    {
        IShareStore[] stores = [Start(), Start()];
        for (int round = 0; round < 5; round++)
        {
            var share = await PublishAsync(stores[0]);
            var unlocks = await AtOnceAsync(
                Callers, number => stores[number % 2].UnlockAsync(share.Id, share.WrongPassphrase(), Cancel));
            var counted = unlocks.Where(unlock => unlock.Check.Outcome is CheckOutcome.WrongClaimProof);
            Assert.Equal([0, 1, 2, 3, 4], counted.Select(unlock => unlock.Check.AttemptsLeft).Order());
            Assert.Equal(Callers - 5, unlocks.Count(unlock => unlock.Check.Outcome is CheckOutcome.Locked));
            Assert.Equal((ShareState.Pending, 5), await StateAndFailuresAsync(stores[1], share));
        }
    }

    [Fact]
    public async Task The_storage_limit_is_exact_however_many_publish_at_once()
    {
        long held = ShareSample.OfOneRecord().Held;
        var options = new ShareOptions { MaxStorage = (10 * held) + (held / 2) };
        IShareStore[] stores = [Start(options), Start(options)];
        var published = await AtOnceAsync(
            Callers, number => stores[number % 2].PublishAsync(ShareSample.OfOneRecord().New, Cancel));
        Assert.Equal(10, published.Count(expiresAt => expiresAt is not null));
        Assert.Equal(10 * held, await stores[0].ReadStorageUsedAsync(Cancel));
    }

    [Fact]
    public async Task A_claim_and_a_burn_at_once_leave_a_burned_share_and_at_most_one_reader()
    {
        IShareStore[] stores = [Start(), Start()];
        for (int round = 0; round < 20; round++)
        {
            var share = await PublishAsync(stores[0]);
            var outcomes = await AtOnceAsync(8, async number => number % 4 == 3
                ? (Burn: await stores[number % 2].EndAsync(share.Id, share.Receipt, Cancel), Claim: null)
                : (Burn: EndOutcome.NotFound, Claim: await ClaimAnewAsync(stores[number % 2], share)));
            int winners = outcomes.Count(outcome => outcome.Claim?.Check.Outcome is CheckOutcome.Passed);
            Assert.Equal(2, outcomes.Count(outcome => outcome.Burn is EndOutcome.Ended));
            var receipt = await ReceiptAsync(stores[1], share);
            Assert.Equal(ShareState.Burned, receipt.State);
            Assert.Equal(receipt.ClaimedAt is null ? 0 : 1, winners);
        }
    }

    [Fact]
    public async Task Of_concurrent_ends_the_first_stands_and_all_are_told_that_it_has_ended()
    {
        IShareStore[] stores = [Start(), Start()];
        var share = await PublishAsync(stores[0]);
        var token = await ClaimAsync(stores[0], share);
        var ends = await AtOnceAsync(
            Callers, number => stores[number % 2].EndAsync(share.Id, number % 3 == 0 ? token : share.Receipt, Cancel));
        Assert.All(ends, end => Assert.Equal(EndOutcome.Ended, end));
        Assert.True((await ReceiptAsync(stores[0], share)).State is ShareState.Burned or ShareState.Delivered);
        Assert.Equal(0, await stores[0].ReadStorageUsedAsync(Cancel));
    }
}
