using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

public sealed class ShareTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task A_text_is_shared_and_nothing_that_leaves_the_browser_tells_it_or_its_key()
    {
        // The browser itself tells no body that is a Blob, so what is listened to is the wire.
        await using var proxy = new CuttableProxy(Site.Address) { Listens = true };
        var sender = await VisitAsync(proxy.Address);
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await sender.AssertAccessibleAsync();
        await page.Text.FillAsync("battery staple");
        string link = await page.ShareAsync();
        await sender.AssertAccessibleAsync();

        Assert.StartsWith($"{sender.Address}d/", link);
        string key = link[(link.IndexOf('#') + 1)..];
        Assert.True(WasSent("POST /api/v1/shares") && WasSent("OTS1"), "The envelope was not listened to.");
        Assert.False(WasSent("battery"), "The secret was sent.");
        Assert.False(WasSent(key), "The key was sent.");
        Assert.False(WasSent(Encoding.Latin1.GetString(Base64Url.DecodeFromChars(key))), "The key was sent in bytes.");
        await SharingPage.AssertHoldsAsync(Site, link, "battery staple");

        string kept = await sender.Page.EvaluateAsync<string>("() => JSON.stringify({ ...localStorage })");
        Assert.Contains(new Uri(link).Segments[^1], kept);
        Assert.DoesNotContain(key, kept);
        string receipt = await page.ReceiptLink.InputValueAsync();
        Assert.DoesNotContain(receipt[(receipt.IndexOf('#') + 1)..], kept);

        // And it would have been heard.
        sender.Watch.Expect(405, "/api/v1/policy");
        await sender.Page.EvaluateAsync("""
            (body) => fetch("api/v1/policy", { method: "POST", body: new Blob(body) })
            """, new[] { "battery", key });
        Assert.True(WasSent("battery") && WasSent(key), "What a page sends is not heard.");

        bool WasSent(string bytes) => proxy.Heard.Any(sent => sent.Contains(bytes, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_files_are_chosen_one_is_taken_out_again_and_the_rest_is_shared()
    {
        var (sender, page) = await ArriveAsync();
        await page.ChooseAsync(("a.env", "A=1"u8.ToArray()), ("b.env", "B=2"u8.ToArray()));
        await page.ChooseAsync(("c.pem", "C"u8.ToArray()));
        await Expect(page.FileList).ToHaveCountAsync(3);
        await sender.AssertAccessibleAsync();
        await page.Button("Remove b.env").ClickAsync();
        await Expect(page.FileList).ToHaveCountAsync(2);
        await Expect(page.Button("Remove c.pem")).ToBeFocusedAsync();
        await Expect(sender.Page.GetByText("2 files, 4 bytes")).ToBeVisibleAsync();

        var files = await SharingPage.TakeFilesAsync(Site, await page.ShareAsync());
        Assert.Equal(["a.env", "c.pem"], files.Select(file => file.Name));
        Assert.Equal("A=1"u8.ToArray(), files[0].Content);
        await Expect(sender.Page.GetByText("2 files, 4 bytes").Last).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_is_dropped_anywhere_on_the_page()
    {
        var (sender, page) = await ArriveAsync();
        await using var dropped = await sender.Page.EvaluateHandleAsync("""
            () => {
              const data = new DataTransfer();
              data.items.add(new File(["D=1"], "dropped.env"));
              return data;
            }
            """);
        await sender.Page.DispatchEventAsync("footer", "dragover", new { dataTransfer = dropped });
        await sender.Page.DispatchEventAsync("footer", "drop", new { dataTransfer = dropped });
        await Expect(page.FileList).ToContainTextAsync(["dropped.env"]);
        await SharingPage.AssertHoldsAsync(Site, await page.ShareAsync(), "D=1");
    }

    [Fact]
    public async Task A_text_is_pasted_where_no_field_has_the_focus()
    {
        var (sender, page) = await ArriveAsync();
        await sender.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await sender.Page.EvaluateAsync("() => navigator.clipboard.writeText('pasted & <b>kept</b>')");
        await sender.Page.Keyboard.PressAsync("Control+V");
        await Expect(page.Text).ToHaveValueAsync("pasted & <b>kept</b>");
        await SharingPage.AssertHoldsAsync(Site, await page.ShareAsync(), "pasted & <b>kept</b>");
    }

    [Fact]
    public async Task A_screenshot_is_pasted()
    {
        var (sender, page) = await ArriveAsync();
        await sender.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await sender.Page.EvaluateAsync("""
            async () => {
              const canvas = new OffscreenCanvas(8, 8);
              canvas.getContext("2d").fillRect(0, 0, 4, 4);
              const image = await canvas.convertToBlob({ type: "image/png" });
              await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
            }
            """);
        await sender.Page.Keyboard.PressAsync("Control+V");
        await Expect(page.FileList).ToContainTextAsync([".png"]);
        var png = await SharingPage.TakeAsync(Site, await page.ShareAsync());
        Assert.Equal([0x89, .. "PNG"u8], png[..4]);
    }

    [Fact]
    public async Task A_file_is_pasted_even_into_the_text()
    {
        var (sender, page) = await ArriveAsync();
        await page.Text.FocusAsync();
        await page.Text.EvaluateAsync("""
            (field) => {
              const data = new DataTransfer();
              data.items.add(new File(["P=1"], "pasted.env"));
              const options = { clipboardData: data, bubbles: true, cancelable: true };
              field.dispatchEvent(new ClipboardEvent("paste", options));
            }
            """);
        await Expect(page.FileList).ToContainTextAsync(["pasted.env"]);
        await SharingPage.AssertHoldsAsync(Site, await page.ShareAsync(), "P=1");
    }

    [Fact]
    public async Task A_passphrase_is_made_shown_and_needed()
    {
        var (sender, page) = await ArriveAsync();
        await page.Text.FillAsync("hush");
        await page.Passphrase.FillAsync("1234");
        await Expect(sender.Page.GetByText("Weak:")).ToBeVisibleAsync();
        await Expect(page.Passphrase).ToHaveAttributeAsync("type", "password");
        await page.Button("Make words").ClickAsync();
        await Expect(page.Passphrase).ToHaveAttributeAsync("type", "text");
        await Expect(page.Passphrase).ToHaveValueAsync(new Regex("^[a-z]+( [a-z]+){5}$"));
        await Expect(sender.Page.GetByText("Strong.")).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();
        await page.Button("Show the passphrase").ClickAsync();
        await Expect(page.Passphrase).ToHaveAttributeAsync("type", "password");

        string passphrase = await page.Passphrase.InputValueAsync();
        string link = await page.ShareAsync();
        await Expect(sender.Page.GetByText("Your reader needs the passphrase too")).ToBeVisibleAsync();
        await SharingPage.AssertHoldsAsync(Site, link, "hush", passphrase);
    }

    [Fact]
    public async Task A_link_is_copied_mailed_and_scanned()
    {
        var (sender, page) = await ArriveAsync();
        await sender.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Text.FillAsync("hush");
        string link = await page.ShareAsync();
        await page.Button("Copy").First.ClickAsync();
        await Expect(sender.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Copied");
        Assert.Equal(link, await sender.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        string? mail = await sender.Page.GetByText("Mail draft").First.GetAttributeAsync("href");
        Assert.StartsWith("mailto:?subject=", mail);
        Assert.Contains(link, Uri.UnescapeDataString(mail!));

        await page.Button("QR code").First.ClickAsync();
        await sender.AssertAccessibleAsync();
        var drawn = sender.Page.GetByRole(AriaRole.Img, new() { Name = "The link as a QR code", Exact = true });
        Assert.Equal(link, await ScanAsync(await drawn.ScreenshotAsync()));
    }

    [Fact]
    public async Task Something_else_is_shared_and_nothing_is_left_of_the_first()
    {
        var (sender, page) = await ArriveAsync();
        await page.Text.FillAsync("first");
        await page.Passphrase.FillAsync("correct horse");
        string first = await page.ShareAsync();
        await page.Button("Share something else").ClickAsync();
        await Expect(page.Text).ToHaveValueAsync("");
        await Expect(page.Passphrase).ToHaveValueAsync("");
        Assert.DoesNotContain(first, await sender.Page.ContentAsync());
        await page.Text.FillAsync("second");
        await SharingPage.AssertHoldsAsync(Site, await page.ShareAsync(), "second");
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var (sender, page) = await ArriveAsync();
        await sender.TabToAsync(page.Text);
        await sender.Page.Keyboard.TypeAsync("by hand");
        await sender.TabToAsync(page.Button("Seal and get the link"));
        await sender.Page.Keyboard.PressAsync("Enter");
        string link = await page.LinkAsync();
        await Expect(sender.Page.GetByRole(AriaRole.Heading, new() { Name = "Send it once." })).ToBeFocusedAsync();
        await sender.TabToAsync(page.Link);
        await sender.TabToAsync(page.Button("Share something else"));
        await sender.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Text).ToBeVisibleAsync();
        await SharingPage.AssertHoldsAsync(Site, link, "by hand");
    }

    [Fact]
    public async Task On_a_narrow_phone_in_German_everything_fits()
    {
        var sender = await VisitAsync(Visit.Phone with { Locale = "de-AT" });
        await sender.GoAsync();
        await Expect(sender.Page.GetByRole(AriaRole.Heading, new() { Name = "Teile es einmal." })).ToBeVisibleAsync();
        Assert.Equal("de", await sender.Page.Locator("html").GetAttributeAsync("lang"));
        await AssertFitsAsync(sender.Page);
        await sender.Page.GetByLabel("Oder ein Text").FillAsync("pst");
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Wörter erzeugen" }).ClickAsync();
        await AssertFitsAsync(sender.Page);
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Versiegeln" }).ClickAsync();
        await Expect(sender.Page.GetByLabel("Der Link, für dein Gegenüber")).ToBeVisibleAsync();
        await AssertFitsAsync(sender.Page);
        await sender.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Below_a_path_links_begin_with_the_operators_address()
    {
        await using var below = await Site.StartAsync(("OTS_BASE_URL", "https://share.example/sub"));
        var sender = await VisitAsync(new Uri(below.Address, "sub/"));
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Text.FillAsync("hush");
        string link = await page.ShareAsync();
        Assert.StartsWith("https://share.example/sub/d/", link);
        Assert.StartsWith("https://share.example/sub/r/", await page.ReceiptLink.InputValueAsync());
        await SharingPage.AssertHoldsAsync(below, link, "hush");
    }

    private async Task<(Visitor, SharingPage)> ArriveAsync()
    {
        var sender = await VisitAsync();
        await sender.GoAsync();
        return (sender, new SharingPage(sender));
    }

    private static async Task AssertFitsAsync(IPage page) => Assert.Equal(
        320, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));

    /// <summary>By another's decoder, from the picture alone, in a page that is nobody's.</summary>
    private async Task<string> ScanAsync(byte[] picture)
    {
        var visitor = await VisitAsync();
        string decoder = Path.Combine(AppContext.BaseDirectory, "jsQR.js");
        await visitor.Page.EvaluateAsync(await File.ReadAllTextAsync(decoder, Cancel));
        return await visitor.Page.EvaluateAsync<string>("""
            async (png) => {
              const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
              const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
              const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
              canvas.drawImage(image, 0, 0);
              const pixels = canvas.getImageData(0, 0, image.width, image.height);
              return jsQR(pixels.data, image.width, image.height)?.data ?? "nothing";
            }
            """, Convert.ToBase64String(picture));
    }
}
