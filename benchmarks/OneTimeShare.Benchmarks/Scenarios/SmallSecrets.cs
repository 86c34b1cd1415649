using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Benchmarks.Measures;
using OneTimeShare.Benchmarks.Servers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Scenarios;

/// <summary>Secrets of 256 bytes, created and claimed on 64 connections, against one SET and one GETDEL.</summary>
internal static class SmallSecrets
{
    public const int Connections = 64;

    // A stretched passphrase costs 64 MiB and a tenth of a second, of the one who seals and not of the server.
    private const int StretchedSecrets = 8;
    private const string Redis = "Kestrel + Redis SET, GETDEL";

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Setup setup)
    {
        await using var product = await Product.StartAsync(setup.NewFolder("small"), setup.Native);
        await using var redis = await Floor.StartRedisAsync(setup.NewFolder("redis"), durable: false);
        await using var kestrel = await Floor.StartKestrelWithRedisAsync(redis.Address);
        await using var store = await Floor.StartRedisAsync(setup.NewFolder("store"), durable: true);
        await using var onRedis = await Product.StartAsync(setup.NewFolder("on-redis"), setup.Native, store.Address);

        var plain = await SealedSecret.SealAsync(Connections, Kdf.None);
        var stretched = await SealedSecret.SealAsync(StretchedSecrets, Kdf.Argon2id);
        Func<Task<Window>> Turn(ServerProcess[] servers, Func<int, IRoundTrip> roundTrip) => () =>
        {
            var load = new SmallLoad([.. Enumerable.Range(0, Connections).Select(roundTrip)]);
            return Window.MeasureAsync(servers, () => load.RunAsync(servers[0].Address, setup.Turn));
        };
        (string, Func<Task<Window>>)[] turns =
        [
            ("claim", Turn([product], i => new ProductRoundTrip(plain[i], acknowledge: false))),
            ("floor", Turn([kestrel, redis], i => new RedisRoundTrip(plain[i]))),
            ("acknowledge", Turn([product], i => new ProductRoundTrip(plain[i], acknowledge: true))),
            ("passphrase", Turn(
                [product], i => new ProductRoundTrip(stretched[i % StretchedSecrets], acknowledge: false))),
            ("redis", Turn([onRedis, store], i => new ProductRoundTrip(plain[i], acknowledge: false))),
        ];

        Setup.Say("Small secrets: the first round warms up");
        await new Rounds(1, Setup.Say).InterleaveAsync(turns);
        var series = await new Rounds(setup.RoundCount, Setup.Say).InterleaveAsync(turns);
        return [.. Rows(series).Select(row => row with { Peak = Row.Megabytes(product.PeakMemory) })];
    }

    private static IEnumerable<Row> Rows(Dictionary<string, Series> series)
    {
        foreach (var (turn, what) in new[]
        {
            ("claim", "Create and claim 256 bytes"), ("passphrase", "The same with a passphrase"),
            ("redis", "The same with its shares in Redis"),
        })
        {
            yield return Row.OfRates(what, "/s", series[turn], Redis, series["floor"], Target.Least(0.7));
            yield return Row.OfCpu($"{what}: server CPU each", series[turn], Redis, series["floor"], Target.Most(1.4));
        }
        yield return Row.OfRates("Create, claim and acknowledge 256 bytes", "/s",
            series["acknowledge"], Redis, series["floor"], target: null);
    }
}
