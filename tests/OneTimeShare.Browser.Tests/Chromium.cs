using Microsoft.Playwright;
using OneTimeShare.Browser.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(Site))]

namespace OneTimeShare.Browser.Tests;

/// <summary>Debian's browser without its window, one for all tests; each visitor has an own profile in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>A name of this machine that a browser does not trust, as it trusts localhost.</summary>
    internal const string PlainHost = "plain.example";

    private const string Program = "/usr/bin/chromium-headless-shell";

    // Its like where Debian's is not to be had.
    private const string Other = "/usr/bin/google-chrome";

    private IPlaywright? _playwright;

    /// <summary>The one key, by its pin, that is trusted beside those of this machine.</summary>
    internal string? Trusted { get; init; }

    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        string program = File.Exists(Program) ? Program : Other;
        Assert.True(File.Exists(program), $"There is no {Program}: run scripts/setup test.");
        // What a service worker asks for is looked at too.
        Environment.SetEnvironmentVariable("PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS", "1");
        _playwright = await Playwright.CreateAsync();
        // A machine that is busy with other tests is slow, and not wrong.
        Assertions.SetDefaultExpectTimeout(20_000);
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args =
            [
                $"--host-resolver-rules=MAP {PlainHost} 127.0.0.1",
                .. Trusted is null ? (string[])[] : [$"--ignore-certificate-errors-spki-list={Trusted}"],
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
