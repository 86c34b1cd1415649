using System.Net;
using Microsoft.Playwright;
using OneTimeShare.Server.Tests;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>A secret that somebody has shared by the API, and its link.</summary>
internal sealed record Sent(Secret Secret, string Id, string Link)
{
    public static async Task<Sent> ByAsync(HttpClient client, Secret secret, string query = "")
    {
        using var response = await client.SendAsync(secret.Create(query));
        var json = await response.JsonAsync(HttpStatusCode.Created);
        string id = json.GetProperty("id").GetString()!;
        return new Sent(secret, id, $"d/{id}#{secret.LinkKey}");
    }
}

/// <summary>What a reader does on the page behind a link.</summary>
internal static class Reader
{
    public static ILocator Act(this Visitor reader, string name) =>
        reader.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public static Task ClickAsync(this Visitor reader, string act) => reader.Act(act).ClickAsync();

    /// <summary>The page is in a state when it shows its heading.</summary>
    public static async Task SeesAsync(this Visitor reader, string heading)
    {
        var shown = reader.Page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true });
        await Expect(shown).ToBeVisibleAsync(new() { Timeout = 20_000 });
    }

    public static async Task SeesTextAsync(this Visitor reader, string text) =>
        await Expect(reader.Page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>
    /// Of an answer that may not be stored and is read piece by piece, Chromium reports now and then that it was
    /// aborted, though all of it has come and nobody aborts anything.
    /// </summary>
    public static void ExpectStreamedContent(this Visitor reader) => reader.Watch.Expect(0, "/content");

    public static async Task UnlockAsync(this Visitor reader, string passphrase)
    {
        await reader.Page.GetByLabel("Passphrase").FillAsync(passphrase);
        await reader.ClickAsync("Go on");
    }
}
