using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Nobody needs a pointer, from the first file to the last.</summary>
public sealed class KeyboardTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private static readonly FilePayload[] Files =
    [
        new() { Name = "a.env", MimeType = "", Buffer = "A=1"u8.ToArray() },
        new() { Name = "b.pem", MimeType = "", Buffer = "-----"u8.ToArray() },
    ];

    [Fact]
    public async Task Files_with_a_passphrase_are_shared_revealed_and_saved()
    {
        string link = await ShareAsync();
        var reader = await VisitAsync();
        await reader.GoAsync(link);
        await reader.SeesAsync("It needs a passphrase");
        await reader.TabToAsync(reader.Page.GetByLabel("Passphrase"));
        await reader.Page.Keyboard.TypeAsync("correct horse");
        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.SeesAsync("2 files are waiting");
        await PressAsync(reader, "Reveal");
        await reader.SeesAsync("Save what you got");
        foreach (var file in Files)
        {
            var (name, content) = await reader.DownloadAsync(() => PressAsync(reader, $"Save {file.Name}"));
            Assert.Equal(file.Name, name);
            Assert.Equal(file.Buffer, content);
            await Expect(reader.Act($"Save {file.Name}")).ToBeFocusedAsync();
        }
        await PressAsync(reader, "I have it");
        await reader.SeesAsync("Deleted");
    }

    private async Task<string> ShareAsync()
    {
        var sender = await VisitAsync();
        // From now on the browser hands its choosers over: asked for with the key alone, that may come after the key.
        sender.Page.FileChooser += (_, _) => { };
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await sender.TabToAsync(page.Files);
        var chooser = await sender.Page.RunAndWaitForFileChooserAsync(() => sender.Page.Keyboard.PressAsync("Enter"));
        await chooser.SetFilesAsync(Files);
        await sender.TabToAsync(page.Passphrase);
        await sender.Page.Keyboard.TypeAsync("correct horse");
        await PressAsync(sender, "Seal and get the link");
        return await page.LinkAsync();
    }

    private static async Task PressAsync(Visitor visitor, string act)
    {
        await visitor.TabToAsync(visitor.Act(act));
        await visitor.Page.Keyboard.PressAsync("Enter");
    }
}
