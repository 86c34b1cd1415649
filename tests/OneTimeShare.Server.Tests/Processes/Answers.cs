using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>What a server answers, once its status is what it should be.</summary>
internal static class Answers
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The JSON of an answer with this status, problem details too.</summary>
    public static async Task<JsonObject> JsonAsync(
        this ServerProcess server, HttpRequestMessage request, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(status, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }

    /// <summary>The bytes of an answer with this status.</summary>
    public static async Task<byte[]> BytesAsync(
        this ServerProcess server, HttpRequestMessage request, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    /// <summary>The id of what has been created.</summary>
    public static async Task<string> CreateAsync(this ServerProcess server, Secret secret) =>
        (string)(await server.JsonAsync(secret.Create(), HttpStatusCode.Created))["id"]!;

    public static async Task<string> ReadStateAsync(this ServerProcess server, Secret secret, string id) =>
        (string)(await server.JsonAsync(secret.Receipt(id)))["state"]!;
}
