using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

public sealed class ErrorPageTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task What_is_not_there_is_a_page_too()
    {
        var visitor = await VisitAsync();
        visitor.Watch.Expect(404, "/no/such");
        await visitor.GoAsync("no/such");
        await Expect(visitor.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("There is nothing here");
        await visitor.AssertAccessibleAsync();
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_page_that_a_proxy_shows_is_whole_by_itself(int status)
    {
        string html = await File.ReadAllTextAsync(Path.Combine(Folder(), $"{status}.html"), Cancel);
        foreach (string outside in (string[])["src=", "href=", "url(", "http", "<script"])
            Assert.DoesNotContain(outside, html, StringComparison.Ordinal);
        var visitor = await VisitAsync();
        await visitor.Page.SetContentAsync(html);
        await Expect(visitor.Page.GetByText($"Error {status}")).ToBeVisibleAsync();
        await visitor.AssertAccessibleAsync();
    }

    private static string Folder()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder)!;
        return Path.Combine(folder, "deploy", "errors");
    }
}
