using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>The page to share, as an English visitor knows it.</summary>
internal sealed partial class SharingPage(Visitor visitor)
{
    /// <summary>For what takes as long as the machine needs: sealing, sending, waiting between two tries.</summary>
    private const float Patience = 60_000;

    private IPage Page => visitor.Page;

    public ILocator Text => Page.GetByLabel("Or a text");

    public ILocator Files => Page.GetByLabel("Choose files");

    public ILocator FileList => Page.GetByRole(AriaRole.List, new() { Name = "Files" }).GetByRole(AriaRole.Listitem);

    public ILocator Passphrase => Page.GetByLabel("Passphrase", new() { Exact = true });

    public ILocator Objections => Page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Listitem);

    public ILocator Link => Page.GetByLabel("The link, for your reader");

    public ILocator ReceiptLink => Page.GetByLabel("The receipt link, for you");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name });

    public Task SealAsync() => Button("Seal and get the link").ClickAsync();

    /// <summary>The link, once it is there.</summary>
    public async Task<string> LinkAsync()
    {
        await Expect(Link).ToBeVisibleAsync(new() { Timeout = Patience });
        return await Link.InputValueAsync();
    }

    public async Task<string> ShareAsync()
    {
        await SealAsync();
        return await LinkAsync();
    }

    public Task ChooseAsync(params (string Name, byte[] Content)[] files) =>
        Files.SetInputFilesAsync(files.Select(file => new FilePayload
        {
            Name = file.Name,
            MimeType = "application/octet-stream",
            Buffer = file.Content,
        }));

    /// <summary>Takes it at the server's door.</summary>
    public static async Task AssertHoldsAsync(Site site, string link, string content, string passphrase = "") =>
        Assert.Equal(content, new UTF8Encoding(false, true).GetString(await TakeAsync(site, link, passphrase)));

    /// <summary>Takes what is behind a link at the server's door: one file's bytes, a text's, or those of a zip.</summary>
    public static async Task<byte[]> TakeAsync(Site site, string link, string passphrase = "")
    {
        var parts = LinkParts().Match(link);
        Assert.True(parts.Success, link);
        using var form = new FormUrlEncodedContent(
            [new("key", parts.Groups["key"].Value), new("passphrase", passphrase)]);
        using var answer = await site.Server.Client.PostAsync(
            $"d/{parts.Groups["id"].Value}", form, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    public static async Task<IReadOnlyList<(string Name, byte[] Content)>> TakeFilesAsync(Site site, string link)
    {
        await using var zip = new ZipArchive(new MemoryStream(await TakeAsync(site, link)));
        var files = new List<(string, byte[])>();
        foreach (var entry in zip.Entries)
        {
            await using var stream = await entry.OpenAsync(TestContext.Current.CancellationToken);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            files.Add((entry.Name, content.ToArray()));
        }
        return files;
    }

    [GeneratedRegex("^http.*/d/(?<id>[^/#]{22})#(?<key>.{43})$")]
    private static partial Regex LinkParts();
}
