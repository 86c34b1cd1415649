using Microsoft.Playwright;

namespace OneTimeShare.Browser.Tests;

/// <summary>How somebody comes: what their browser is set to.</summary>
internal sealed record Visit
{
    public static Visit Desktop { get; } = new();

    /// <summary>The narrowest that the pages have to be right on.</summary>
    public static Visit Phone { get; } = new() { Width = 320, Height = 640, Touch = true };

    public string Locale { get; init; } = "en-GB";

    public ColorScheme Theme { get; init; } = ColorScheme.Light;

    public int Width { get; init; } = 1280;

    public int Height { get; init; } = 900;

    public bool Touch { get; init; }

    public bool CalmMotion { get; init; } = true;

    public bool Script { get; init; } = true;

    public bool ServiceWorkers { get; init; } = true;

    /// <summary>The server's, unless they come another way: by a proxy, or by another name.</summary>
    public Uri? Address { get; init; }

    public BrowserNewContextOptions ToOptions(Uri address) => new()
    {
        BaseURL = address.AbsoluteUri,
        Locale = Locale,
        TimezoneId = "Europe/Berlin",
        ColorScheme = Theme,
        ReducedMotion = CalmMotion ? ReducedMotion.Reduce : ReducedMotion.NoPreference,
        ViewportSize = new() { Width = Width, Height = Height },
        HasTouch = Touch,
        JavaScriptEnabled = Script,
        ServiceWorkers = ServiceWorkers ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        AcceptDownloads = true,
    };
}
