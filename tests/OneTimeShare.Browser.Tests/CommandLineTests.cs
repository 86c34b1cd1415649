using System.Diagnostics;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>One format at every door: what <c>ots</c> seals a browser opens, and the other way round.</summary>
public sealed class CommandLineTests(Chromium chromium, Site site) : BrowserTest(chromium, site)
{
    [Fact]
    public async Task What_ots_sealed_is_opened_in_the_browser()
    {
        string link = await RunAsync("correct horse\n", ["send", "--text", "-q", "--server", $"{Site.Address}"]);
        var reader = await VisitAsync();
        await reader.GoAsync(new Uri(link).PathAndQuery[1..] + new Uri(link).Fragment);
        await reader.SeesAsync("A text is waiting");

        await reader.ClickAsync("Reveal");

        await reader.SeesAsync("Here it is");
        Assert.Equal("correct horse\n", await reader.Page.Locator("#text").TextContentAsync());
    }

    [Fact]
    public async Task What_the_browser_sealed_is_opened_by_ots()
    {
        var sender = await VisitAsync();
        await sender.GoAsync();
        var page = new SharingPage(sender);
        await page.Text.FillAsync("battery staple");

        string link = await page.ShareAsync();

        Assert.Equal("battery staple", await RunAsync("", ["get", link, "-y", "-q", "-o", "-"]));
    }

    /// <summary>What it prints, without a line end.</summary>
    private static async Task<string> RunAsync(string input, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ots.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var ots = Process.Start(start)!;
        await ots.StandardInput.WriteAsync(input);
        ots.StandardInput.Close();
        string printed = await ots.StandardOutput.ReadToEndAsync(Cancel);
        await ots.WaitForExitAsync(Cancel);
        Assert.Equal(0, ots.ExitCode);
        return printed.TrimEnd('\n');
    }
}
