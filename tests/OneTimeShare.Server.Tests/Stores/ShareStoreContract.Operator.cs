using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Processes;
using Xunit;
using ShareCount = OneTimeShare.Server.Shares.ShareCount;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>What a store tells its operator.</summary>
public abstract partial class ShareStoreContract
{
    [Fact]
    public async Task Every_share_is_on_one_page_with_its_state_and_nothing_that_opens_it()
    {
        var store = Start();
        var shares = new List<ShareSample>();
        for (int i = 0; i < 7; i++)
            shares.Add(await PublishAsync(store));
        await ClaimAsync(store, shares[2]);
        await store.EndAsync(shares[5].Id, shares[5].Receipt, Cancel);

        var listed = new List<ListedShare>();
        var pages = new List<int>();
        for (long? from = null; ;)
        {
            var page = await ((IOperatorStore)store).ListAsync(from, 3, Cancel);
            Assert.InRange(page.Shares.Count, 0, 3);
            listed.AddRange(page.Shares);
            pages.Add(page.Shares.Count);
            if (page.Next is not { } next)
                break;
            from = next;
        }

        Assert.Equal([3, 3, 1], pages);
        Assert.Equal(
            shares.Select(share => share.Id.ToString()).Order(), listed.Select(share => share.Id.ToString()).Order());
        foreach (var (i, share) in shares.Index())
        {
            var one = listed.Single(other => other.Id.Equals(share.Id));
            Assert.Equal(
                i switch { 2 => ShareState.Claimed, 5 => ShareState.Burned, _ => ShareState.Pending }, one.State);
            Assert.Equal(share.New.Size, one.Size);
            Assert.Equal(share.Receipt, one.Receipt);
            Assert.Equal(one.CreatedAt + share.New.Lifetime, one.ExpiresAt);
            Assert.Equal(one, await ((IOperatorStore)store).FindAsync(share.Id, Cancel));
        }
    }

    [Fact]
    public async Task A_share_that_is_not_there_is_not_found_and_a_store_without_shares_has_one_empty_page()
    {
        var store = (IOperatorStore)Start();
        Assert.Null(await store.FindAsync(ShareId.Create(), Cancel));
        var page = await store.ListAsync(null, 10, Cancel);
        Assert.Empty(page.Shares);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task What_happens_to_shares_is_counted_once_and_outlives_the_process()
    {
        var store = Start();
        var shares = new List<ShareSample>();
        for (int i = 0; i < 6; i++)
            shares.Add(await PublishAsync(store));
        var claimed = await ClaimAsync(store, shares[0]);
        await store.ClaimAsync(shares[0].Id, shares[0].Shown(claimed), Cancel);
        for (int times = 0; times < 2; times++)
            await store.EndAsync(shares[0].Id, claimed, Cancel);
        await ClaimAsync(store, shares[1]);
        for (int times = 0; times < 2; times++)
            await store.EndAsync(shares[2].Id, shares[2].Receipt, Cancel);
        await store.UnlockAsync(shares[3].Id, shares[3].Shown() with { Claim = ShareSample.RandomVerifier() }, Cancel);
        await AssertCountsAsync(store, shares, unconfirmed: 0, expired: 0);

        await AdvanceAsync(TimeSpan.FromDays(2));
        await SweepAllAsync(store);
        await SweepAllAsync(store);
        await AssertCountsAsync(store, shares, unconfirmed: 1, expired: 3);
        await CloseAllAsync();
        await AssertCountsAsync(Start(), shares, unconfirmed: 1, expired: 3);
    }

    [Fact]
    public async Task Hours_are_kept_for_a_while_and_the_whole_for_ever()
    {
        var store = Start();
        await PublishAsync(store);
        await Eventually.HoldsAsync("the first is counted", async () => (await HoursAsync()).Length == 1);
        await AdvanceAsync(TimeSpan.FromDays(1));
        await PublishAsync(store);
        await Eventually.HoldsAsync("the second is counted", async () => (await HoursAsync()).Length == 2);
        await AdvanceAsync(CountedShares.Kept);
        await PublishAsync(store);
        await Eventually.HoldsAsync("the first hour is forgotten", async () => (await HoursAsync()) is [1, 1]);
        var counts = await ((IOperatorStore)store).ReadCountsAsync(Cancel);
        Assert.Equal(3, counts.Total[ShareCount.Created]);

        async Task<long[]> HoursAsync() => [.. (await ((IOperatorStore)store).ReadCountsAsync(Cancel)).Hours.Values
            .Select(hour => hour[ShareCount.Created])];
    }

    private static async Task AssertCountsAsync(
        IShareStore store, List<ShareSample> shares, long unconfirmed, long expired)
    {
        long[] expected =
            [shares.Count, shares.Sum(share => share.New.Size), 2, 1, unconfirmed, expired, 1, 1];
        // Where the counts are on another node than the shares, nobody waits for them to get there.
        await Eventually.HoldsAsync("all of it is counted", async () => (await TotalsAsync()).SequenceEqual(expected));
        var counts = await ((IOperatorStore)store).ReadCountsAsync(Cancel);
        Assert.Equal(expected, ShareCounts.Kinds.Select(what => counts.Hours.Values.Sum(hour => hour[what])));
        Assert.Equal(shares.Count - 2 - unconfirmed - expired, counts.Total.Live);

        async Task<IEnumerable<long>> TotalsAsync()
        {
            var read = await ((IOperatorStore)store).ReadCountsAsync(Cancel);
            return ShareCounts.Kinds.Select(what => read.Total[what]);
        }
    }
}
