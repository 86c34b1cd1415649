using System.Net;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public sealed class WrongPassphraseTests : IAsyncLifetime
{
    private const int Attempts = 5;
    private const string Passphrase = "correct horse";

    private readonly TemporaryFolder _folder = new();
    private ServerProcess[] _servers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _servers = [await ServerProcess.StartAsync(_folder.Path), await ServerProcess.StartAsync(_folder.Path)];

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Of_many_wrong_passphrases_at_two_processes_five_are_counted_and_then_even_the_right_one_waits()
    {
        var secret = await Secret.SealAsync("the content", passphrase: Passphrase);
        string id = await _servers[0].CreateAsync(secret);
        for (int round = 0; round < 10; round++)
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 40).Select(attempt => GuessAsync(attempt, secret, id)));
            Assert.Equal(["403 with 0", "403 with 1", "403 with 2", "403 with 3", "403 with 4"],
                answers.Where(answer => answer.StartsWith("403", StringComparison.Ordinal)).Order());
            Assert.Equal(40 - Attempts, answers.Count(answer => answer == "423 with "));

            foreach (var server in _servers)
                await AssertLockedAsync(server, secret, id);
            Assert.Equal(HttpStatusCode.NoContent, await _servers[round % 2].SendAsync(secret.AllowAttempts(id)));
        }

        Assert.Equal(HttpStatusCode.OK, await _servers[1].SendAsync(secret.Unlock(id)));
        Assert.Equal(HttpStatusCode.OK, await _servers[0].SendAsync(secret.Claim(id, Secret.NewToken())));
    }

    [Fact]
    public async Task Wrong_passphrases_at_the_form_door_are_counted_with_those_of_programs()
    {
        var secret = await Secret.SealAsync("the content", passphrase: Passphrase);
        string id = await _servers[0].CreateAsync(secret);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(attempt => attempt % 2 == 0
            ? _servers[attempt / 2 % 2].SendAsync(Forms.Take(id, secret.LinkKey, $"guess {attempt}"))
            : _servers[attempt / 2 % 2].SendAsync(secret.Unlock(id, Secret.NewProof()))));

        Assert.Equal(Attempts, answers.Count(status => status == HttpStatusCode.Forbidden));
        Assert.Equal(12 - Attempts, answers.Count(status => status == HttpStatusCode.Locked));
        await AssertLockedAsync(_servers[0], secret, id);
    }

    [Fact]
    public async Task A_stranger_without_the_link_gets_one_answer_and_counts_nothing()
    {
        var secret = await Secret.SealAsync("the content", passphrase: Passphrase);
        var stranger = await Secret.SealAsync("something else", passphrase: Passphrase);
        string id = await _servers[0].CreateAsync(secret);
        string unknown = Secret.NewToken();
        foreach (var server in _servers)
        {
            var expected = await server.BytesAsync(stranger.Unlock(unknown), HttpStatusCode.NotFound);
            for (int attempt = 0; attempt <= Attempts; attempt++)
            {
                Assert.Equal(expected, await server.BytesAsync(stranger.Unlock(id), HttpStatusCode.NotFound));
                Assert.Equal(expected, await server.BytesAsync(
                    stranger.Claim(id, Secret.NewToken(), secret.ClaimProof), HttpStatusCode.NotFound));
                Assert.Equal(expected, await server.BytesAsync(stranger.Preview(id), HttpStatusCode.NotFound));
                Assert.Equal(expected, await server.BytesAsync(
                    Forms.Take(id, stranger.LinkKey, Passphrase), HttpStatusCode.NotFound));
                Assert.Equal(expected, await server.BytesAsync(
                    Secret.End(id, Secret.NewToken()), HttpStatusCode.NotFound));
            }
        }

        Assert.Equal(0, (int)(await _servers[0].JsonAsync(secret.Receipt(id)))["failed_attempts"]!);
        Assert.Equal(HttpStatusCode.OK, await _servers[0].SendAsync(secret.Claim(id, Secret.NewToken())));
    }

    /// <summary>By unlocking and by claiming, at one process and the other.</summary>
    private async Task<string> GuessAsync(int attempt, Secret secret, string id)
    {
        using var request = attempt % 4 < 2
            ? secret.Unlock(id, Secret.NewProof())
            : secret.Claim(id, Secret.NewToken(), Secret.NewProof());
        using var answer = await _servers[attempt % 2].Client.SendAsync(request, Cancel);
        var problem = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return $"{(int)answer.StatusCode} with {problem!["attempts_left"]}";
    }

    private static async Task AssertLockedAsync(ServerProcess server, Secret secret, string id)
    {
        Assert.Equal(HttpStatusCode.Locked, await server.SendAsync(secret.Unlock(id)));
        Assert.Equal(HttpStatusCode.Locked, await server.SendAsync(secret.Claim(id, Secret.NewToken())));
        Assert.Equal(HttpStatusCode.Locked, await server.SendAsync(Forms.Take(id, secret.LinkKey, Passphrase)));
        var receipt = await server.JsonAsync(secret.Receipt(id));
        Assert.Equal(Attempts, (int)receipt["failed_attempts"]!);
        Assert.True((bool)receipt["locked"]!);
    }
}
