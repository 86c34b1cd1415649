using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Playwright;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Tests;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>What is large, and what happens on its way.</summary>
public sealed class ShareUploadTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    private const int Mebi = 1024 * 1024;
    private static readonly byte[] Large = RandomNumberGenerator.GetBytes(18 * Mebi);

    // Two minutes for all of it, so that it is still on its way whenever a test gets to do something about it.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(100);
    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_goes_on_by_itself()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        sender.Watch.Expect(0, "/api/v1/uploads/");
        // Or not yet, where the server is still busy with what came before the cut.
        sender.Watch.Expect(409, "/api/v1/uploads/");
        proxy.CutAfterUp(12 * Mebi);
        string link = await page.ShareAsync();
        Assert.Equal(1, proxy.Cuts);
        await AssertArrivedAsync(link, proxy);
    }

    [Fact]
    public async Task Whoever_listens_is_told_of_quarters_and_not_of_every_step()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        await sender.Page.EvaluateAsync("""
            () => {
              globalThis.said = [];
              new MutationObserver(() => {
                const text = document.querySelector("body > [role=status]")?.textContent;
                if (text && text !== said.at(-1)) said.push(text);
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);
        await page.ShareAsync();
        string[] said = await sender.Page.EvaluateAsync<string[]>("() => said.filter((text) => text.includes('%'))");
        Assert.NotEmpty(said);
        Assert.All(said, text => Assert.Matches("^(25|50|75)% done$", text));
        Assert.Equal(said.Distinct().Order(StringComparer.Ordinal), said);
    }

    [Fact]
    public async Task Whoever_is_offline_is_told_so_and_goes_on_once_they_are_not()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        sender.Watch.Expect(0, "/api/v1/uploads");
        sender.Watch.Expect(409, "/api/v1/uploads/");
        proxy.Pause = Slow;
        await page.SealAsync();
        await SomeArrivedAsync(sender);
        await sender.AssertAccessibleAsync();
        await sender.GoOfflineAsync();
        await Expect(sender.Page.GetByText("You are offline.")).ToBeVisibleAsync();
        await sender.AssertAccessibleAsync();
        proxy.Pause = TimeSpan.Zero;
        await sender.GoOfflineAsync(false);
        string link = await page.LinkAsync();
        await AssertArrivedAsync(link, proxy);
    }

    [Fact]
    public async Task Cancelling_ends_the_upload_on_the_server_and_keeps_what_was_put_in()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        sender.Watch.Expect(0, "/api/v1/uploads/");
        proxy.Pause = Slow;
        await page.SealAsync();
        await SomeArrivedAsync(sender);
        var ended = await sender.Page.RunAndWaitForResponseAsync(
            () => page.Button("Cancel").ClickAsync(), response => response.Request.Method == "DELETE");
        Assert.Equal(204, ended.Status);
        await Expect(page.FileList).ToContainTextAsync(["large.env"]);
        await Expect(sender.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Cancelled");
        // And again, this time to the end.
        proxy.Pause = TimeSpan.Zero;
        string link = await page.ShareAsync();
        await AssertArrivedAsync(link, proxy);
    }

    [Fact]
    public async Task Leaving_the_page_meanwhile_asks_first()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        proxy.Pause = Slow;
        await page.SealAsync();
        await SomeArrivedAsync(sender);
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        sender.Page.Dialog += async (_, dialog) =>
        {
            await dialog.DismissAsync();
            asked.TrySetResult(dialog.Type);
        };
        await sender.Page.EvaluateAsync("() => { setTimeout(() => location.reload()); }");
        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        proxy.Pause = TimeSpan.Zero;
        await AssertArrivedAsync(await page.LinkAsync(), proxy);
    }

    [Fact]
    public async Task A_page_that_is_reloaded_meanwhile_leaves_nothing_behind_and_begins_again()
    {
        await using var proxy = new CuttableProxy(Site.Address);
        var (sender, page) = await ArriveAsync(proxy);
        sender.Watch.Expect(0, "/api/v1/uploads/");
        sender.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync(); // it asks whether to leave
        proxy.Pause = Slow;
        var begun = await sender.Page.RunAndWaitForResponseAsync(
            page.SealAsync, response => response.Request.Method == "POST");
        string upload = begun.Headers["location"];
        string bearer = (await begun.Request.AllHeadersAsync())["authorization"];
        await SomeArrivedAsync(sender);
        proxy.Pause = TimeSpan.Zero;
        await sender.Page.ReloadAsync();
        await Eventually.HoldsAsync("the upload is ended", async () =>
        {
            var asked = new HttpRequestMessage(HttpMethod.Head, new Uri(Site.Address, upload).PathAndQuery);
            asked.Headers.TryAddWithoutValidation("Authorization", bearer);
            asked.Headers.TryAddWithoutValidation("Tus-Resumable", "1.0.0");
            return await Site.Server.SendAsync(asked) is HttpStatusCode.NotFound;
        });
        await page.Files.SetInputFilesAsync(Path.Combine(_folder.Path, "large.env"));
        await AssertArrivedAsync(await page.ShareAsync(), proxy);
    }

    [Fact]
    public async Task Where_the_one_answer_is_lost_it_is_shared_all_the_same()
    {
        await using var server = await RunningServer.StartAsync();
        await using var proxy = new CuttableProxy(server.Address);
        var sender = await VisitAsync(proxy.Address);
        sender.Watch.Expect(0, "/api/v1/shares");
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.ChooseAsync(("some.env", Large[..200_000]));
        proxy.LoseAnswerTo("POST /api/v1/shares");
        string link = await page.ShareAsync();
        Assert.Equal(1, proxy.Cuts);

        // The page seals again, unless the browser has sent the same once more by itself. Either way the first lies
        // under an id that nobody was told, until it runs out.
        Assert.Equal(2, Directory.GetFiles(server.Data.Path, new string('?', 32), SearchOption.AllDirectories).Length);
        Assert.True(ShareLink.TryParse(link, out var parsed));
        string proof = Base64Url.EncodeToString(KeySchedule.LinkProof(parsed.LinkKey).ToArray());
        using var answer = await server.GetAsync($"api/v1/shares/{parsed.Id}", ("Authorization", $"Bearer {proof}"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_file_that_has_changed_since_it_was_chosen_is_not_shared()
    {
        var sender = await VisitAsync();
        var (page, file) = await ChooseLargeAsync(sender);
        await File.WriteAllBytesAsync(file, Large[..100], Cancel);
        File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddYears(30));
        await page.SealAsync();
        await Expect(page.Objections).ToHaveTextAsync(["A file cannot be read, or has changed since you chose it. "
            + "Nothing was shared: choose it again."]);
        await sender.AssertAccessibleAsync();
    }

    private async Task<(Visitor, SharingPage)> ArriveAsync(CuttableProxy proxy)
    {
        var sender = await VisitAsync(proxy.Address);
        var (page, _) = await ChooseLargeAsync(sender);
        return (sender, page);
    }

    private async Task<(SharingPage Page, string File)> ChooseLargeAsync(Visitor sender)
    {
        string file = Path.Combine(_folder.Path, "large.env");
        await File.WriteAllBytesAsync(file, Large, Cancel);
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Files.SetInputFilesAsync(file);
        await Expect(page.FileList).ToContainTextAsync(["large.env"]);
        return (page, file);
    }

    private static async Task SomeArrivedAsync(Visitor sender) => await sender.Page.WaitForFunctionAsync(
        "() => { const { value, max } = document.querySelector('progress'); return value > 0 && value < max; }",
        options: new() { Timeout = 60_000 });

    private async Task AssertArrivedAsync(string link, CuttableProxy proxy)
    {
        Assert.StartsWith(proxy.Address.AbsoluteUri, link);
        byte[] taken = await SharingPage.TakeAsync(Site, link);
        Assert.True(taken.AsSpan().SequenceEqual(Large), "What was taken is not what was shared.");
    }
}
