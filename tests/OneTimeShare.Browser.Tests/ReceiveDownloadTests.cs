using System.Security.Cryptography;
using OneTimeShare.Server.Tests;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>Files that are too large to be held, and connections that break.</summary>
public sealed class ReceiveDownloadTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private const int Large = 96 * 1024 * 1024;

    // Notes every Blob that is made an address of: a large file must not be one.
    private const string CountBlobs = """
        globalThis.largestBlob = 0;
        const create = URL.createObjectURL;
        URL.createObjectURL = (blob) => {
          globalThis.largestBlob = Math.max(globalThis.largestBlob, blob.size);
          return create.call(URL, blob);
        };
        """;

    [Fact]
    public async Task A_large_file_goes_to_disk_as_it_comes_and_is_the_same()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        var reader = await VisitLargeAsync(server.Address);
        await reader.Context.AddInitScriptAsync(CountBlobs);
        await RevealAsync(reader, sent);
        Assert.Equal(sent.Hash, await SaveAsync(reader));
        Assert.Equal(0, await reader.Page.EvaluateAsync<long>("() => globalThis.largestBlob"));
        await reader.AssertAccessibleAsync();
        await reader.ClickAsync("I have it");
        await reader.SeesAsync("Deleted");
    }

    // As where the browser is busy: it brings the request for a download before the word that there is one.
    private const string LateOffers = """
        const post = ServiceWorker.prototype.postMessage;
        ServiceWorker.prototype.postMessage = function (message, transfer) {
          setTimeout(() => post.call(this, message, transfer), message.kind === "offer" ? 500 : 0);
        };
        """;

    // As where the browser ends the service worker after it was told, and the next one knows of nothing.
    private const string ForgetTheFirstOffer = """
        const post = globalThis.ServiceWorker?.prototype.postMessage; // not where a frame was refused
        let forgotten = false;
        (globalThis.ServiceWorker?.prototype ?? {}).postMessage = function (message, transfer) {
          post.call(this, message, transfer);
          if (message.kind === "offer" && !forgotten) {
            forgotten = true;
            post.call(this, { kind: "break", address: message.address }, []);
          }
        };
        """;

    [Fact]
    public async Task A_download_waits_until_the_service_worker_knows_of_it()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        var reader = await VisitLargeAsync(server.Address);
        await reader.Context.AddInitScriptAsync(LateOffers);
        await reader.Context.AddInitScriptAsync(CountBlobs);
        await RevealAsync(reader, sent);
        Assert.Equal(sent.Hash, await SaveAsync(reader));
        Assert.Equal(0, await reader.Page.EvaluateAsync<long>("() => globalThis.largestBlob"));
    }

    [Fact]
    public async Task A_download_that_the_service_worker_has_forgotten_is_offered_again()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        var reader = await VisitLargeAsync(server.Address);
        reader.Watch.Expect(404, "/assets/download/");
        reader.Watch.Expect(0, "/assets/download/");
        reader.Watch.ExpectWords("frame-ancestors"); // nobody frames a page of the server, and so not that one
        await reader.Context.AddInitScriptAsync(ForgetTheFirstOffer);
        await reader.Context.AddInitScriptAsync(CountBlobs);
        await RevealAsync(reader, sent);
        Assert.Equal(sent.Hash, await SaveAsync(reader));
        Assert.Equal(0, await reader.Page.EvaluateAsync<long>("() => globalThis.largestBlob"));
    }

    [Fact]
    public async Task A_connection_that_is_cut_in_the_middle_goes_on_by_itself()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        await using var proxy = new CuttableProxy(server.Address);
        var reader = await VisitLargeAsync(proxy.Address);
        await RevealAsync(reader, sent);
        proxy.CutAfterDown(Large / 3);
        Assert.Equal(sent.Hash, await SaveAsync(reader));
        Assert.Equal(1, proxy.Cuts);
        await Expect(reader.Act("I have it")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_that_is_reloaded_in_the_middle_goes_on_and_asks_for_the_passphrase_alone()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large, "pass");
        await using var proxy = new CuttableProxy(server.Address) { Pause = TimeSpan.FromMilliseconds(1) };
        var reader = await VisitLargeAsync(proxy.Address);
        reader.Watch.Expect(0, "/assets/download/");
        reader.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync(); // it asks whether to leave
        await reader.GoAsync(sent.Link);
        await reader.UnlockAsync("pass");
        await reader.ClickAsync("Reveal");
        var broken = await reader.Page.RunAndWaitForDownloadAsync(() => reader.ClickAsync("Save large.bin"));
        await Expect(reader.Page.Locator("#saving .progress-words")).ToContainTextAsync("/s");
        await reader.Page.ReloadAsync();
        Assert.NotNull(await broken.FailureAsync());

        proxy.Pause = TimeSpan.Zero;
        await reader.SeesTextAsync("You have taken this secret");
        await reader.AssertAccessibleAsync();
        await reader.UnlockAsync("wrong");
        await reader.SeesTextAsync("That is not the passphrase. Nothing was counted.");
        await reader.UnlockAsync("pass");
        Assert.Equal(sent.Hash, await SaveAsync(reader));
        await reader.ClickAsync("I have it");
        await reader.SeesAsync("Deleted");
    }

    [Fact]
    public async Task Without_a_service_worker_the_reader_is_warned_of_the_size_and_gets_it_all_the_same()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(40 * 1024 * 1024);
        var reader = await VisitLargeAsync(server.Address);
        // As in apps that open links inside themselves.
        await reader.Context.AddInitScriptAsync("delete Navigator.prototype.serviceWorker");
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("A file is waiting");
        await reader.SeesTextAsync("This browser cannot write straight to disk");
        await reader.SeesTextAsync("41.94 MB in memory");
        await reader.AssertAccessibleAsync();
        await reader.ClickAsync("Reveal");
        Assert.Equal(sent.Hash, await SaveAsync(reader));
    }

    [Fact]
    public async Task A_download_that_is_cancelled_can_be_begun_again()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        await using var proxy = new CuttableProxy(server.Address) { Pause = TimeSpan.FromMilliseconds(1) };
        var reader = await VisitLargeAsync(proxy.Address);
        reader.Watch.Expect(0, "/assets/download/");
        await RevealAsync(reader, sent);
        var cancelled = await reader.Page.RunAndWaitForDownloadAsync(() => reader.ClickAsync("Save large.bin"));
        await reader.ClickAsync("Cancel");
        await reader.SeesTextAsync("large.bin was not saved");
        Assert.NotNull(await cancelled.FailureAsync());
        await Expect(reader.Act("I have it")).ToBeHiddenAsync();
        proxy.Pause = TimeSpan.Zero;
        Assert.Equal(sent.Hash, await SaveAsync(reader));
    }

    [Fact]
    public async Task A_download_whose_service_worker_is_ended_is_said_to_be_broken_and_can_be_begun_again()
    {
        await using var server = await LargeSite.StartAsync();
        var sent = await server.SendAsync(Large);
        await using var proxy = new CuttableProxy(server.Address) { Pause = TimeSpan.FromMilliseconds(1) };
        var reader = await VisitLargeAsync(proxy.Address);
        reader.Watch.Expect(0, "/assets/download/");
        await RevealAsync(reader, sent);
        var broken = await reader.Page.RunAndWaitForDownloadAsync(() => reader.ClickAsync("Save large.bin"));
        // As the browser does where it runs out of memory.
        var browser = await reader.Context.NewCDPSessionAsync(reader.Page);
        var ended = new TaskCompletionSource();
        browser.Event("ServiceWorker.workerVersionUpdated").OnEvent += (_, versions) =>
        {
            if (versions?.GetRawText().Contains("\"runningStatus\":\"stopped\"", StringComparison.Ordinal) == true)
                ended.TrySetResult();
        };
        await browser.SendAsync("ServiceWorker.enable");
        await browser.SendAsync("ServiceWorker.stopAllWorkers");
        // What one that is about to end is told goes down with it, and its browser then asks the server.
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        await reader.SeesTextAsync("large.bin was not saved: it was broken off. You can save it again.");
        Assert.NotNull(await broken.FailureAsync());
        await Expect(reader.Act("I have it")).ToBeHiddenAsync();
        proxy.Pause = TimeSpan.Zero;
        Assert.Equal(sent.Hash, await SaveAsync(reader));
    }

    private async Task<Visitor> VisitLargeAsync(Uri address)
    {
        var reader = await VisitAsync(address);
        reader.ExpectStreamedContent();
        return reader;
    }

    private static async Task RevealAsync(Visitor reader, LargeSecret sent)
    {
        await reader.GoAsync(sent.Link);
        await reader.SeesAsync("A file is waiting");
        await reader.ClickAsync("Reveal");
        await reader.SeesAsync("Save what you got");
    }

    private static async Task<string> SaveAsync(Visitor reader)
    {
        var (name, content) = await reader.DownloadAsync(() => reader.ClickAsync("Save large.bin"));
        Assert.Equal("large.bin", name);
        return Convert.ToHexString(SHA256.HashData(content));
    }

    private sealed record LargeSecret(string Link, string Hash);

    /// <summary>A server that takes more than one does without settings.</summary>
    private sealed class LargeSite(Site site) : IAsyncDisposable
    {
        public Uri Address => site.Address;

        public static async Task<LargeSite> StartAsync() => new(await Site.StartAsync(("OTS_MAX_SIZE", "200MB")));

        public async Task<LargeSecret> SendAsync(int size, string? passphrase = null)
        {
            byte[] content = RandomNumberGenerator.GetBytes(size);
            var secret = await Secret.SealAsync(content, "large.bin", passphrase);
            var sent = await Sent.ByAsync(site.Server.Client, secret);
            return new LargeSecret(sent.Link, Convert.ToHexString(SHA256.HashData(content)));
        }

        public ValueTask DisposeAsync() => site.DisposeAsync();
    }
}
