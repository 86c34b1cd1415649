using System.Net;
using System.Text.Json;
using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>Reads what the server answered, and holds it to what is promised of all answers.</summary>
internal static class Answers
{
    public static Task<string> TextAsync(this HttpResponseMessage response) => response.Content.ReadAsStringAsync();

    public static Task<byte[]> BytesAsync(this HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync();

    /// <summary>The JSON, which has these members and no others where any are named.</summary>
    public static async Task<JsonElement> JsonAsync(
        this HttpResponseMessage response, HttpStatusCode status, params string[] members)
    {
        string text = await response.TextAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(text);
        if (members.Length > 0)
            Assert.Equal(members, Members(json.RootElement));
        return json.RootElement.Clone();
    }

    /// <summary>Problem details of this type, with a sentence to go on with, and these members too.</summary>
    public static async Task<JsonElement> ProblemAsync(
        this HttpResponseMessage response, int status, string name, params string[] members)
    {
        string text = await response.TextAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var json = JsonDocument.Parse(text);
        string[] all = ["type", "title", "status", "detail", .. members];
        Assert.Equal(all.Order(), Members(json.RootElement).Order());
        Assert.Equal("/problems/" + name, json.RootElement.GetProperty("type").GetString());
        Assert.Equal(status, json.RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(json.RootElement.GetProperty("title").GetString()!);
        Assert.EndsWith(".", json.RootElement.GetProperty("detail").GetString());
        return json.RootElement.Clone();
    }

    /// <summary>It has ended, in this way, at this time.</summary>
    public static async Task GoneAsync(this HttpResponseMessage response, string state, DateTimeOffset at)
    {
        var problem = await response.ProblemAsync(410, state, "state", "at");
        Assert.Equal(state, problem.GetProperty("state").GetString());
        Assert.Equal(at.Rfc3339(), problem.GetProperty("at").GetString());
    }

    public static void Is(this HttpResponseMessage response, HttpStatusCode status) =>
        Assert.Equal(status, response.StatusCode);

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values)
        || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static string Rfc3339(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Members(JsonElement json) =>
        json.EnumerateObject().Select(member => member.Name);
}
