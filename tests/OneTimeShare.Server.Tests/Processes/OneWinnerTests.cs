using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public class OneWinnerTests : IAsyncLifetime
{
    private const int Fifty = 50;
    private const string Passphrase = "correct horse";

    private readonly TemporaryFolder _folder = new();
    private ServerProcess[] _servers = [];

    /// <summary>What both processes are told beside their folder.</summary>
    private protected virtual (string Name, string Value)[] Settings => [];

    public async ValueTask InitializeAsync() => _servers =
    [
        await ServerProcess.StartAsync(_folder.Path, Settings), await ServerProcess.StartAsync(_folder.Path, Settings),
    ];

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var server in _servers)
            await server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(300, 30)]
    [InlineData(200_000, 15)]
    public async Task Of_fifty_takers_at_all_doors_of_two_processes_one_gets_it(int length, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            var (id, secret) = await ShareAsync(length, passphrase: null);
            var taken = await Takers.RaceAsync(
                Enumerable.Range(0, Fifty).Select(taker => Taker(taker / 2 % 2 == 0, taker)));
            Assert.Equal(Fifty - 1, taken.Count(one => one.Status == HttpStatusCode.Gone));
            AssertGotIt(secret, Assert.Single(taken, one => one.Status == HttpStatusCode.OK));

            Func<Task<(HeldBackContent, Task<Taken>)>> Taker(bool byForm, int number) => () => byForm
                ? Takers.ByFormAsync(_servers[number % 2], id, secret)
                : Takers.ByApiAsync(_servers[number % 2], id, secret);
        }
    }

    [Theory]
    [InlineData(300, 4)]
    [InlineData(200_000, 3)]
    public async Task Of_fifty_takers_with_the_passphrase_one_gets_it(int length, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            var (id, secret) = await ShareAsync(length, Passphrase);
            var taken = await Takers.RaceAsync(Enumerable.Range(0, Fifty).Select(Taker));
            Assert.Equal(Fifty - 1, taken.Count(one => one.Status == HttpStatusCode.Gone));
            AssertGotIt(secret, Assert.Single(taken, one => one.Status == HttpStatusCode.OK));

            Func<Task<(HeldBackContent, Task<Taken>)>> Taker(int number) => () => number % 5 == 0
                ? Takers.ByFormAsync(_servers[number % 2], id, secret, Passphrase)
                : Takers.ByApiAsync(_servers[number % 2], id, secret);
        }
    }

    private async Task<(string Id, Secret Secret)> ShareAsync(int length, string? passphrase)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(length), passphrase: passphrase);
        return (await _servers[0].CreateAsync(secret), secret);
    }

    private static void AssertGotIt(Secret secret, Taken winner) =>
        Assert.True(winner.Content is { } got
            && (got.AsSpan().SequenceEqual(secret.Records) || got.AsSpan().SequenceEqual(secret.Content)));
}
