using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>How one of many who want the same share came out.</summary>
/// <param name="Status">Of its request for the share.</param>
/// <param name="Content">What it got.</param>
internal sealed record Taken(HttpStatusCode Status, byte[]? Content);

/// <summary>
/// Takers of one share that all hold back their last byte until each of them has a connection to its server and has
/// sent the rest: nothing but the server decides who is first.
/// </summary>
internal static class Takers
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Taken[]> RaceAsync(
        IEnumerable<Func<Task<(HeldBackContent Last, Task<Taken> Taken)>>> takers)
    {
        var started = await Task.WhenAll(takers.Select(start => start()));
        await Task.WhenAll(started.Select(taker => Task.WhenAny(taker.Last.Sent, taker.Taken)));
        foreach (var (last, _) in started)
            last.Release();
        return await Task.WhenAll(started.Select(taker => taker.Taken));
    }

    /// <summary>By the API, with a token of its own; what it got is the records.</summary>
    public static async Task<(HeldBackContent, Task<Taken>)> ByApiAsync(ServerProcess server, string id, Secret secret)
    {
        string token = Secret.NewToken();
        var request = secret.Claim(id, token);
        return (await HeldBackContent.InAsync(request, heldBack: 1), TakeAsync());

        async Task<Taken> TakeAsync()
        {
            using var answer = await AnswerAsync(server, request, () => secret.Claim(id, token));
            if (answer.StatusCode != HttpStatusCode.OK)
                return new Taken(answer.StatusCode, null);
            var claim = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel);
            if (claim!["content"] is { } content)
            {
                return new Taken(answer.StatusCode, StrictBase64Url.Decode((string)content!));
            }
            using var fetched = await server.Client.SendAsync(Secret.Fetch(id, token), Cancel);
            Assert.Equal(HttpStatusCode.OK, fetched.StatusCode);
            return new Taken(answer.StatusCode, await fetched.Content.ReadAsByteArrayAsync(Cancel));
        }
    }

    /// <summary>By the form door; what it got is the secret.</summary>
    public static async Task<(HeldBackContent, Task<Taken>)> ByFormAsync(
        ServerProcess server, string id, Secret secret, string? passphrase = null)
    {
        string token = Secret.NewToken();
        var request = Forms.Take(id, secret.LinkKey, passphrase, token);
        return (await HeldBackContent.InAsync(request, heldBack: 1), TakeAsync());

        async Task<Taken> TakeAsync()
        {
            using var answer = await AnswerAsync(
                server, request, () => Forms.Take(id, secret.LinkKey, passphrase, token));
            byte[] content = await answer.Content.ReadAsByteArrayAsync(Cancel);
            return new Taken(answer.StatusCode, answer.StatusCode == HttpStatusCode.OK ? content : null);
        }
    }

    /// <summary>Who is told to come back has neither won nor lost, and comes back with the same token.</summary>
    private static async Task<HttpResponseMessage> AnswerAsync(
        ServerProcess server, HttpRequestMessage request, Func<HttpRequestMessage> again)
    {
        var answer = await server.Client.SendAsync(request, Cancel);
        await Eventually.HoldsAsync("it is taken, or somebody else's", async () =>
        {
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                return true;
            answer.Dispose();
            answer = await server.Client.SendAsync(again(), Cancel);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        });
        return answer;
    }
}
