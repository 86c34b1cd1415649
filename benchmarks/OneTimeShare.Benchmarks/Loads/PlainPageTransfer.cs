using Microsoft.Playwright;
using OneTimeShare.Benchmarks.Servers;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>The same browser, with a file as it is in one request, and back by a plain link.</summary>
internal sealed class PlainPageTransfer(Chromium browser, Uri server, string file, long length)
{
    private IPage? _page;

    public async Task ChooseAsync()
    {
        _page = await browser.OpenAsync(new Uri(server, "ready"));
        await _page.SetContentAsync("<input type='file'><a href='/secret' download>Save</a>");
        await _page.Locator("input").SetInputFilesAsync(file);
    }

    public async Task UploadAsync()
    {
        int status = await _page!.EvaluateAsync<int>("""
            async () => {
              const body = document.querySelector("input").files[0];
              return (await fetch("/secret", { method: "PUT", body })).status;
            }
            """);
        if (status != 201)
            throw new InvalidDataException($"Answered {status}.");
    }

    public async Task<IDownload> DownloadAsync()
    {
        var download = await _page!.RunAndWaitForDownloadAsync(() => _page.Locator("a").ClickAsync());
        await download.PathAsync();
        return download;
    }

    public async Task EndAsync(IDownload download)
    {
        await LargeContent.CompareFileAsync(await download.PathAsync(), length);
        await download.DeleteAsync();
        await _page!.Context.CloseAsync();
    }
}
