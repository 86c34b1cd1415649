using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class Argon2GateTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact(Timeout = 60_000)]
    public async Task A_flood_of_passphrases_is_refused_and_what_needs_none_goes_on()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        string id = await server.CreateAsync(secret);
        using var flood = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken);
        var waiting = new List<Task>();
        foreach (var attempt in (Func<Task<HttpResponseMessage>>[])
            [
                () => server.SendAsync(secret.Open(id, "p")),
                () => server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("x"), ("OTS-Passphrase", "p")),
                () => server.PostAsync("upload", Form.Begin().Field("passphrase", "p").Field("text", "x").ToContent()),
            ])
        {
            // The queue may have moved on by the time that the request is there: then it is filled again.
            HttpResponseMessage response;
            do
            {
                Fill(waiting, flood.Token);
                response = await attempt();
            }
            while (response.StatusCode is HttpStatusCode.Created);
            Assert.Equal("5", response.Header("Retry-After"));
            await response.ProblemAsync(503, "busy");
            response.Dispose();
        }
        using var needless = await server.SendAsync(HttpMethod.Put, "a.txt", new StringContent("x"));
        needless.Is(HttpStatusCode.Created);
        await flood.CancelAsync();
        await Task.WhenAll(waiting.Select(task => task.ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)));
        using var receipt = await server.SendAsync(secret.Receipt(id));
        var json = await receipt.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(0, json.GetProperty("failed_attempts").GetInt32());
        Assert.Equal("pending", json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_stranger_cannot_make_the_server_stretch_a_passphrase()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "p");
        var stranger = await Secret.SealAsync("not theirs", passphrase: "p");
        string id = await server.CreateAsync(secret);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 60).Select(async _ =>
        {
            using var response = await server.SendAsync(stranger.Open(id, "p"));
            return response.StatusCode;
        }));
        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.NotFound, status));
    }

    private void Fill(List<Task> waiting, CancellationToken cancellationToken)
    {
        var gate = server.Services.GetRequiredService<Argon2Gate>();
        Assert.True(Passphrase.TryParse("p", out var passphrase));
        var linkKey = LinkKey.Create();
        while (true)
        {
            var derived = gate.DeriveAsync(linkKey, EnvelopeHeader.Create(Kdf.Argon2id), passphrase, cancellationToken);
            if (derived.IsCompletedSuccessfully)
                return; // with nothing: as many as may wait are waiting
            waiting.Add(derived.AsTask());
        }
    }
}
