using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Playwright;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>What somebody does who has got a link.</summary>
public sealed class ReceiveTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private const string Settings = "DB_HOST=db.internal\nDB_PASSWORD=hunter2 <b>&amp;\nexport TOKEN=s3cr3t\n";

    // It lies above the buttons for some seconds, and must not be in their way.
    private const string ToastTakesPresses = """
        () => {
          const toast = document.querySelector(".toast-line");
          toast.hidden = false; // on a slow machine its seconds may be over
          const { left, top, width, height } = toast.getBoundingClientRect();
          return width === 0 || document.elementFromPoint(left + width / 2, top + height / 2) === toast;
        }
        """;

    [Fact]
    public async Task A_text_is_looked_at_revealed_copied_hidden_and_deleted()
    {
        var sent = await SendAsync(Settings);
        var reader = await VisitAsync();
        await reader.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("A text is waiting");
        Assert.Equal("pending", await StateAsync(sent));
        await reader.AssertAccessibleAsync();

        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Here it is");
        var text = reader.Page.Locator("#text");
        Assert.Equal(Settings, await text.TextContentAsync());
        await Expect(text.Locator(".line")).ToHaveCountAsync(3);
        Assert.Equal("claimed", await StateAsync(sent));
        await reader.AssertAccessibleAsync();

        await reader.ClickAsync("Copy");
        await reader.SeesTextAsync("Copied");
        Assert.Equal(Settings, await reader.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.False(await reader.Page.EvaluateAsync<bool>(ToastTakesPresses));

        await reader.ClickAsync("Hide");
        Assert.DoesNotContain("hunter2", await reader.Page.ContentAsync());
        await reader.ClickAsync("Show");
        Assert.Equal(Settings, await text.TextContentAsync());

        await reader.ClickAsync("I have it");
        await reader.SeesAsync("Deleted");
        await reader.AssertAccessibleAsync();
        Assert.Equal("delivered", await StateAsync(sent));
        Assert.DoesNotContain("hunter2", await reader.Page.ContentAsync());
        await AssertNothingIsKeptAsync(reader, sent);

        reader.Watch.Expect(410, "/api/");
        await reader.Page.ReloadAsync();
        await reader.SeesAsync("It has been delivered");
    }

    [Fact]
    public async Task Several_files_with_a_passphrase_are_saved_one_by_one_and_in_a_zip()
    {
        var files = new (string Name, byte[] Content)[]
        {
            ("prod.env", "A=1\n"u8.ToArray()), ("empty", []), ("a/b\u202e/prüfung.bin", Bytes(200_000)),
        };
        var sent = await SendAsync(await Secret.SealAsync(files, "correct horse"));
        var reader = await VisitAsync();
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("It needs a passphrase");
        await reader.AssertAccessibleAsync();
        reader.Watch.Expect(403, "/unlock");
        reader.ExpectStreamedContent();
        await reader.UnlockAsync("wrong");
        await reader.SeesTextAsync("4 attempts are left");
        await Expect(reader.Page.GetByLabel("Passphrase")).ToBeFocusedAsync();
        await reader.AssertAccessibleAsync();
        await reader.UnlockAsync("correct horse");
        await reader.SeesAsync("3 files are waiting");
        await reader.SeesTextAsync("prüfung.bin");
        await reader.AssertAccessibleAsync();

        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Save what you got");
        await reader.AssertAccessibleAsync();
        foreach (var (name, content) in new[] { ("prüfung.bin", files[2].Content), ("prod.env", files[0].Content) })
        {
            var saved = await reader.DownloadAsync(() => reader.ClickAsync($"Save {name}"));
            Assert.Equal(name, saved.Name);
            Assert.Equal(content, saved.Content);
        }
        await Expect(reader.Act("I have it")).ToBeHiddenAsync();
        await Expect(reader.Act("I have all I want")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();

        var (zipName, zip) = await reader.DownloadAsync(() => reader.ClickAsync("Save all in one zip"));
        Assert.Equal("share.zip", zipName);
        using var archive = new ZipArchive(new MemoryStream(zip));
        Assert.Equal(["prod.env", "empty", "prüfung.bin"], archive.Entries.Select(entry => entry.FullName));
        foreach (var (entry, file) in archive.Entries.Zip(files))
        {
            await using var opened = await entry.OpenAsync(Cancel);
            using var read = new MemoryStream();
            await opened.CopyToAsync(read, Cancel);
            Assert.Equal(file.Content, read.ToArray());
        }
        await reader.AssertAccessibleAsync();
        await reader.ClickAsync("I have it");
        await reader.SeesAsync("Deleted");
        Assert.Equal("delivered", await StateAsync(sent));
    }

    [Fact]
    public async Task Whoever_wants_only_some_of_it_can_have_the_rest_deleted()
    {
        var sent = await SendAsync(await Secret.SealAsync([("a.txt", "A"u8.ToArray()), ("b.txt", "B"u8.ToArray())]));
        var reader = await VisitAsync();
        await reader.GoAsync(sent.Link);
        await reader.ClickAsync("Reveal");
        await reader.SeesTextAsync("Save everything first.");
        await reader.DownloadAsync(() => reader.ClickAsync("Save b.txt"));
        await reader.SeesTextAsync("Not all of it is saved.");
        await reader.ClickAsync("I have all I want");
        await reader.SeesAsync("Deleted");
        Assert.Equal("delivered", await StateAsync(sent));
    }

    [Fact]
    public async Task A_text_that_is_too_long_to_be_shown_is_saved_as_a_file()
    {
        byte[] text = [.. Enumerable.Repeat("Zeile für Zeile\n"u8.ToArray(), 70_000).SelectMany(line => line)];
        var sent = await SendAsync(await Secret.SealAsync([("text.txt", text)], text: true));
        var reader = await VisitAsync();
        reader.ExpectStreamedContent();
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("A text is waiting");
        await reader.ClickAsync("Reveal");
        await reader.SeesTextAsync("The text is too long to be shown, so it is saved as a file.");
        await reader.AssertAccessibleAsync();
        var (name, content) = await reader.DownloadAsync(() => reader.ClickAsync("Save text.txt"));
        Assert.Equal("text.txt", name);
        Assert.True(content.AsSpan().SequenceEqual(text));
        await reader.ClickAsync("I have it");
        await reader.SeesAsync("Deleted");
    }

    [Fact]
    public async Task Of_two_who_reveal_at_the_same_moment_one_gets_it_and_the_other_is_told()
    {
        var sent = await SendAsync("only one");
        Visitor[] readers = [await VisitAsync(), await VisitAsync()];
        foreach (var reader in readers)
        {
            reader.Watch.Expect(410, "/claim");
            await reader.GoAsync(sent.Link);
            await reader.SeesAsync("A text is waiting");
        }
        await Task.WhenAll(readers.Select(reader => reader.ClickAsync("Reveal")));
        bool[] got = await Task.WhenAll(readers.Select(async reader =>
        {
            var either = reader.Page.Locator("#text:visible, #stop-title:visible");
            await Expect(either).ToBeVisibleAsync();
            return await reader.Page.Locator("#text").IsVisibleAsync();
        }));
        Assert.Single(got, one => one);
        var late = readers[Array.IndexOf(got, false)];
        await late.SeesAsync("Somebody was first");
        Assert.DoesNotContain("only one", await late.Page.ContentAsync());
        await late.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var sent = await SendAsync(await Secret.SealAsync([("text.txt", "by keys"u8.ToArray())], "pass", text: true));
        var reader = await VisitAsync(Visit.Phone);
        var keys = reader.Page.Keyboard;
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("It needs a passphrase");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("pass");
        await keys.PressAsync("Enter");
        await reader.SeesAsync("A text is waiting");
        await keys.PressAsync("Tab");
        await Expect(reader.Act("Reveal")).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await reader.SeesAsync("Here it is");
        Assert.Equal("by keys", await reader.Page.Locator("#text").TextContentAsync());
        await reader.TabToAsync(reader.Act("I have it"));
        await keys.PressAsync("Enter");
        await reader.SeesAsync("Deleted");
        Assert.True(await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }

    [Fact]
    public async Task A_German_reader_reads_German()
    {
        var sent = await SendAsync("geheim");
        var reader = await VisitAsync(Visit.Phone with { Locale = "de-AT", Theme = ColorScheme.Dark });
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("Ein Text wartet");
        Assert.Equal("de", await reader.Page.EvaluateAsync<string>("() => document.documentElement.lang"));
        await reader.ClickAsync("Aufdecken");
        await reader.SeesAsync("Hier ist es");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Whoever_opens_a_link_of_their_own_is_warned_before_they_take_it()
    {
        var sent = await SendAsync("mine");
        var sender = await VisitAsync();
        await sender.GoAsync();
        await sender.Page.EvaluateAsync(
            "id => localStorage.setItem('onetimeshare.own-shares', JSON.stringify([id]))", sent.Id);
        await sender.GoAsync(sent.Link);
        await sender.SeesAsync("A text is waiting");
        await sender.SeesTextAsync("This link was made in this browser");
        await sender.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_page_that_was_left_shows_nothing_when_it_comes_back()
    {
        var sent = await SendAsync("gone from here");
        var reader = await VisitAsync();
        reader.ExpectStreamedContent();
        await reader.GoAsync(sent.Link);
        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Here it is");
        await reader.GoAsync();
        await reader.Page.GoBackAsync();
        await reader.SeesAsync("You have taken this");
        Assert.DoesNotContain("gone from here", await reader.Page.ContentAsync());
        await reader.AssertAccessibleAsync();
        await reader.ClickAsync("Go on");
        await reader.SeesAsync("Here it is");
        Assert.Equal("gone from here", await reader.Page.Locator("#text").TextContentAsync());
    }

    private static byte[] Bytes(int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 + (i >> 8)))];

    // Neither the key nor the text, nor anything of a claim that is over.
    private static async Task AssertNothingIsKeptAsync(Visitor reader, Sent sent)
    {
        string kept = await reader.Page.EvaluateAsync<string>(
            "() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.title, history.state])");
        Assert.DoesNotContain(sent.Secret.LinkKey, kept);
        Assert.DoesNotContain("hunter2", kept);
        Assert.DoesNotContain("ots.claim", kept);
    }

    private async Task<Sent> SendAsync(string text) =>
        await SendAsync(await Secret.SealAsync(
            [("text.txt", new UTF8Encoding(false, true).GetBytes(text))], text: true));

    private Task<Sent> SendAsync(Secret secret) => Sent.ByAsync(Site.Server.Client, secret);

    private async Task<string?> StateAsync(Sent sent)
    {
        using var response = await Site.Server.Client.SendAsync(sent.Secret.Receipt(sent.Id), Cancel);
        return (await response.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString();
    }
}
