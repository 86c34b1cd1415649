using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class StrangerTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_stranger_gets_the_same_answer_for_every_id_on_every_route()
    {
        var secret = await Secret.SealAsync("hush");
        var stranger = await Secret.SealAsync("not theirs");
        string pending = await server.CreateAsync(secret);
        string claimed = await server.CreateAsync(secret);
        using var claim = await server.SendAsync(secret.Claim(claimed, Secret.NewToken()));
        string burned = await server.CreateAsync(secret);
        using var burn = await server.SendAsync(Secret.End(burned, secret.ReceiptToken));
        string[] ids =
            [pending, claimed, burned, Secret.NewToken(), "x", new string('A', 23), "AAAAAAAAAAAAAAAAAAAAAB", "%20"];

        var answers = new HashSet<string>();
        foreach (string id in ids)
        {
            HttpRequestMessage[] requests =
            [
                stranger.Preview(id), stranger.Unlock(id), stranger.Claim(id, Secret.NewToken()),
                Secret.Fetch(id, Secret.NewToken()), Secret.End(id, Secret.NewToken()), stranger.Receipt(id),
                stranger.AllowAttempts(id), stranger.Open(id), Secret.Open(id, "no key", null, null),
                Receipt(id, stranger),
            ];
            foreach (var request in requests)
            {
                using var response = await server.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.NotFound, $"{request.RequestUri}");
                answers.Add($"{Headers(response)}\n{await response.TextAsync()}");
                request.Dispose();
            }
        }
        Assert.Single(answers);
        using var state = await server.SendAsync(secret.Receipt(pending));
        Assert.Equal(0, (await state.JsonAsync(HttpStatusCode.OK)).GetProperty("failed_attempts").GetInt32());
    }

    [Fact]
    public async Task An_id_that_cannot_be_one_is_not_here_even_for_whoever_has_a_proof()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        foreach (string wrong in (string[])[id + "A", id[..^1], id + "=", id.ToLowerInvariant() + "Z"])
        {
            using var response = await server.SendAsync(secret.Preview(wrong));
            await response.ProblemAsync(404, "not-found");
        }
    }

    [Fact]
    public async Task An_end_that_a_stranger_asks_for_changes_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret);
        foreach (string token in (string[])[Secret.NewToken(), secret.LinkKey, secret.LinkProof])
        {
            using var response = await server.SendAsync(Secret.End(id, token));
            await response.ProblemAsync(404, "not-found");
        }
        using var claim = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        claim.Is(HttpStatusCode.OK);
    }

    private static HttpRequestMessage Receipt(string id, Secret stranger) => new(HttpMethod.Post, $"r/{id}")
    {
        Content = Secret.Form(("receipt_token", stranger.ReceiptToken), ("act", "burn")),
    };

    private static string Headers(HttpResponseMessage response) =>
        string.Join('\n', response.Headers.Where(header => header.Key != "Date").Order(
            Comparer<KeyValuePair<string, IEnumerable<string>>>.Create((a, b) => string.CompareOrdinal(a.Key, b.Key)))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"));
}
