using System.Diagnostics;
using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>What create, claim and sweep cost beside very many pending shares, against beside few.</summary>
internal static class ManyPending
{
    private const int Few = 1_000;
    private const int Due = 20_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        string few = await FillAsync(setup, Few), many = await FillAsync(setup, setup.ManyPending);
        string against = $"beside {Few:N0}";
        string beside = $"beside {setup.ManyPending:N0} pending";
        return
        [
            .. await CreateAndClaimAsync(setup, few, many, against, beside),
            await SweepAsync(setup, few, many, against, beside),
        ];
    }

    private static async Task<string> FillAsync(Setup setup, int count)
    {
        Setup.Say($"Filling a store with {count} pending shares");
        string folder = setup.NewFolder($"pending-{count}");
        await using (await Product.StartAsync(folder, setup.Native))
        {
            // Only that it makes its tables.
        }
        new PendingShares(folder).Add(count, Day);
        return folder;
    }

    private static async Task<IReadOnlyList<Row>> CreateAndClaimAsync(
        Setup setup, string few, string many, string against, string beside)
    {
        await using var fewServer = await Product.StartAsync(few, setup.Native);
        await using var manyServer = await Product.StartAsync(many, setup.Native);
        var secrets = await SealedSecret.SealAsync(SmallSecrets.Connections, Kdf.None);
        var turns = Turns("few", fewServer, few, secrets, setup.Turn)
            .Concat(Turns("many", manyServer, many, secrets, setup.Turn)).ToArray();
        Setup.Say("Create and claim beside pending shares: the first round warms up");
        await new Rounds(1, Setup.Say).InterleaveAsync(turns);
        var series = await new Rounds(setup.RoundCount, Setup.Say).InterleaveAsync(turns);

        Row Line(string act) => Row.OfTimes(
            $"{act}, {beside}", series[$"{act} many"], against, series[$"{act} few"], Target.Most(1.2));
        return [Line("Create"), Line("Claim")];
    }

    private static IEnumerable<(string, Func<Task<Window>>)> Turns(
        string name, ServerProcess server, string folder, SealedSecret[] secrets, TimeSpan turn)
    {
        var kept = secrets.Select(secret => new KeptShares(secret)).ToArray();
        Task<Window> CreateAsync() => Window.MeasureAsync([server], () =>
            new SmallLoad([.. kept.Select(shares => shares.Create)]).RunAsync(server.Address, turn));

        async Task<Window> ClaimAllAsync()
        {
            var load = new SmallLoad([.. kept.Select(shares => shares.Claim)]);
            var window = await Window.MeasureAsync([server], () => load.RunAsync(server.Address, TimeSpan.MaxValue));
            new PendingShares(folder).RemoveOthers();
            return window;
        }

        yield return ($"Create {name}", CreateAsync);
        yield return ($"Claim {name}", ClaimAllAsync);
    }

    private static async Task<Row> SweepAsync(Setup setup, string few, string many, string against, string beside)
    {
        var times = new Dictionary<string, List<double>> { [few] = [], [many] = [] };
        for (int round = 1; round <= setup.RoundCount; round++)
        {
            foreach (string folder in new[] { few, many })
            {
                var time = await SweepAsync(setup, folder);
                times[folder].Add(time.TotalMilliseconds);
                Setup.Say($"  {round}/{setup.RoundCount} sweep of {Due} in {folder}: {time.TotalMilliseconds:0} ms");
            }
        }
        return Row.Of($"Sweep of {Due:N0}, {beside}", "ms",
            Spread.Of(times[many]), against, Spread.Of(times[few]), Target.Most(1.2));
    }

    /// <summary>A server sweeps when it starts: how much longer until nothing is due, than until it answers.</summary>
    private static async Task<TimeSpan> SweepAsync(Setup setup, string folder)
    {
        var shares = new PendingShares(folder);
        shares.Add(Due, -Day);
        var clock = Stopwatch.StartNew();
        await using (await Product.StartAsync(folder, setup.Native))
        {
            while (shares.AnyDue())
                await Task.Delay(Pause, TimeProvider.System);
        }
        var swept = clock.Elapsed;
        shares.RemoveOthers();

        clock.Restart();
        await using var idle = await Product.StartAsync(folder, setup.Native);
        return swept - idle.StartTime;
    }
}
