using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>What a program can tell of WCAG 2.2 AA, by day and by night.</summary>
internal static class Accessibility
{
    private static readonly RunOnlyOptions Everything = new()
    {
        Type = "tag",
        Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    };

    // All that the theme changes.
    private static readonly RunOnlyOptions Contrast = new() { Type = "rule", Values = ["color-contrast"] };

    public static async Task AssertAsync(IPage page)
    {
        await AssertAsync(page, ColorScheme.Dark, Contrast);
        await AssertAsync(page, ColorScheme.Light, Everything);
        await AssertFitsAsync(page);
    }

    /// <summary>Nobody has to scroll sideways, on the narrowest of phones either (WCAG 1.4.10).</summary>
    private static async Task AssertFitsAsync(IPage page)
    {
        var before = page.ViewportSize!;
        await page.SetViewportSizeAsync(Visit.Phone.Width, Visit.Phone.Height);
        int width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        await page.SetViewportSizeAsync(before.Width, before.Height);
        Assert.Equal(Visit.Phone.Width, width);
    }

    private static async Task AssertAsync(IPage page, ColorScheme theme, RunOnlyOptions rules)
    {
        // Calm, so that no colour is on its way to another while it is measured.
        await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
        var result = await page.RunAxe(new AxeRunOptions { RunOnly = rules, ResultTypes = [ResultType.Violations] });
        Assert.NotEmpty(result.Passes);
        Assert.Empty(
            from violation in result.Violations
            from node in violation.Nodes
            select $"{theme} {page.Url.Split('#')[0]} {violation.Id}: {violation.Help}\n  {node.Html}");
    }
}
