using Microsoft.Playwright;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>A person with a browser who shares a file and takes it again, by the pages alone.</summary>
internal sealed class PageTransfer(Chromium browser, Uri server, string file, long length)
{
    private IPage? _page;
    private string _link = "";

    /// <summary>All but the click that is measured.</summary>
    public async Task ChooseAsync()
    {
        _page = await browser.OpenAsync(server);
        await _page.GetByLabel("Choose files").SetInputFilesAsync(file);
    }

    /// <summary>From the click to the link.</summary>
    public async Task UploadAsync()
    {
        await _page!.GetByRole(AriaRole.Button, new() { Name = "Seal and get the link" }).ClickAsync();
        var link = _page.GetByLabel("The link, for your reader");
        await link.WaitForAsync();
        _link = await link.InputValueAsync();
    }

    /// <summary>All but the click that is measured.</summary>
    public async Task RevealAsync()
    {
        await LeaveAsync();
        _page = await browser.OpenAsync(new Uri(_link));
        await _page.GetByRole(AriaRole.Button, new() { Name = "Reveal" }).ClickAsync();
        await SaveAct.WaitForAsync();
    }

    /// <summary>From the click to the whole file on the disk.</summary>
    public async Task<IDownload> DownloadAsync()
    {
        var download = await _page!.RunAndWaitForDownloadAsync(() => SaveAct.ClickAsync());
        await download.PathAsync();
        return download;
    }

    /// <summary>Compares every byte, and says that it is there.</summary>
    public async Task EndAsync(IDownload download)
    {
        await LargeContent.CompareFileAsync(await download.PathAsync(), length);
        await download.DeleteAsync();
        await _page!.GetByRole(AriaRole.Button, new() { Name = "I have it" }).ClickAsync();
        await _page.GetByRole(AriaRole.Heading, new() { Name = "Deleted" }).WaitForAsync();
        await LeaveAsync();
    }

    private ILocator SaveAct => _page!.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = false }).First;

    private async Task LeaveAsync()
    {
        await _page!.Context.CloseAsync();
        _page = null;
    }
}
