using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// A text is shared and revealed once in a browser, at a server that runs already,
/// with a certificate that nobody else has signed.
/// </summary>
internal static class MainJob
{
    public const string Argument = "main-job";

    private const string Text = "battery-staple-7";

    public static async Task<int> RunAsync(Uri address, string certificate)
    {
        await using var chromium = new Chromium { Trusted = Pin(certificate) };
        await chromium.InitializeAsync();
        await using var sender = await Visitor.ArriveAsync(chromium.Browser, address, Visit.Desktop);
        await sender.GoAsync();
        var sharing = new SharingPage(sender);
        await sharing.Text.FillAsync(Text);
        string link = await sharing.ShareAsync();
        Assert.StartsWith(new Uri(address, "d/").AbsoluteUri, link);

        await using var reader = await Visitor.ArriveAsync(chromium.Browser, address, Visit.Desktop);
        await reader.GoAsync(link);
        await reader.Page.Locator("#reveal").ClickAsync();
        await reader.SeesTextAsync(Text);

        await using var late = await Visitor.ArriveAsync(chromium.Browser, address, Visit.Desktop);
        await late.GoAsync(link);
        await Expect(late.Page.Locator("#stop-title")).ToBeVisibleAsync();
        foreach (var visitor in (Visitor[])[sender, reader])
            visitor.Watch.AssertClean();
        Console.WriteLine("Shared, revealed once, and gone.");
        return 0;
    }

    /// <summary>What names this one key to Chromium.</summary>
    private static string Pin(string certificate)
    {
        using var read = X509CertificateLoader.LoadCertificateFromFile(certificate);
        return Convert.ToBase64String(SHA256.HashData(read.PublicKey.ExportSubjectPublicKeyInfo()));
    }
}
