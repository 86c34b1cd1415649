using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

/// <summary>All that a claim gate promises, whatever it keeps its marks in.</summary>
public abstract class ClaimGateContract : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2000, 1, 31, 12, 0, 0, 7, TimeSpan.Zero);
    private static readonly DateTimeOffset Ever = DateTimeOffset.MaxValue.AddDays(-1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Another way to the same marks, as another process would have it.</summary>
    private protected abstract IClaimGate Open();

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task The_first_mark_stands_and_everybody_else_is_told_of_it()
    {
        var (id, first) = (ShareId.Create(), SomeClaim());
        Assert.Null(await Open().MarkAsync(id, first, Cancel));
        Assert.Equal(first, await Open().MarkAsync(id, SomeClaim(), Cancel));
        Assert.Equal(first, await Open().MarkAsync(id, first, Cancel));
        Assert.Equal(first, await Open().MarkAsync(id, ClaimMark.Burned(Noon), Cancel));
    }

    [Fact]
    public async Task A_burn_is_no_claim()
    {
        var (id, burn) = (ShareId.Create(), ClaimMark.Burned(Noon));
        Assert.Null(await Open().MarkAsync(id, burn, Cancel));
        Assert.Equal(burn, await Open().MarkAsync(id, SomeClaim(), Cancel));
        Assert.Null(burn.ClaimToken);
    }

    [Fact]
    public async Task Of_many_marks_at_once_exactly_one_is_created_and_all_others_see_it()
    {
        for (int round = 0; round < 10; round++)
        {
            var id = ShareId.Create();
            var marks = Enumerable.Range(0, 32).Select(_ => SomeClaim()).ToList();
            using var together = new Barrier(marks.Count);
            var answers = await Task.WhenAll(marks.Select(mark => Task.Factory.StartNew(() =>
            {
                var gate = Open();
                together.SignalAndWait(Cancel);
                return gate.MarkAsync(id, mark, Cancel).AsTask();
            }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            int winner = Assert.Single(Enumerable.Range(0, marks.Count), n => answers[n] is null);
            Assert.All(answers.Where(answer => answer is not null), answer => Assert.Equal(marks[winner], answer));
        }
    }

    [Fact]
    public async Task A_mark_that_was_taken_away_can_be_created_again()
    {
        var gate = Open();
        var (id, later) = (ShareId.Create(), SomeClaim());
        await gate.UnmarkAsync(id, Cancel);
        await gate.MarkAsync(id, SomeClaim(), Cancel);
        await Open().UnmarkAsync(id, Cancel);
        await gate.UnmarkAsync(id, Cancel);
        Assert.Null(await gate.MarkAsync(id, later, Cancel));
        Assert.Equal(later, await gate.MarkAsync(id, SomeClaim(), Cancel));
    }

    [Fact]
    public async Task A_listing_has_all_marks_and_none_that_was_created_later()
    {
        var gate = Open();
        var ids = new HashSet<ShareId>();
        for (int n = 0; n < 20; n++)
        {
            var id = ShareId.Create();
            ids.Add(id);
            await gate.MarkAsync(id, SomeClaim(), Cancel);
        }

        Assert.Equal(ids, [.. await ListAsync(Ever)]);
        Assert.Empty(await ListAsync(DateTimeOffset.UnixEpoch));
        foreach (var id in ids)
            await gate.UnmarkAsync(id, Cancel);
        Assert.Empty(await ListAsync(Ever));
    }

    [Fact]
    public async Task All_who_pass_it_know_it_by_the_same_identity_which_is_no_mark()
    {
        Assert.Null(await Open().IdentifyAsync(make: false, Cancel));
        var gates = Enumerable.Range(0, 8).Select(_ => Open()).ToList();
        var made = await Task.WhenAll(gates.Select(gate => gate.IdentifyAsync(make: true, Cancel).AsTask()));
        var identity = Assert.Single(made.Distinct());
        Assert.NotNull(identity);
        Assert.Equal(identity, await Open().IdentifyAsync(make: false, Cancel));
        Assert.Empty(await ListAsync(Ever));
    }

    [Fact]
    public async Task A_check_passes_where_the_gate_holds_and_leaves_nothing()
    {
        await Open().CheckAsync(Cancel);
        Assert.Empty(await ListAsync(Ever));
    }

    private static ClaimMark SomeClaim() => ClaimMark.Claimed(ClaimToken.Create().Verifier, Noon);

    private ValueTask<List<ShareId>> ListAsync(DateTimeOffset before) =>
        Open().ListAsync(before, Cancel).ToListAsync(Cancel);
}
