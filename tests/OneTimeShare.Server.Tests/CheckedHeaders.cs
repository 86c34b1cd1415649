using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>What every answer has, whatever was asked and however it ended, so every test looks for it.</summary>
internal sealed class CheckedHeaders(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        // Scripts, styles and fonts are the same for everybody, and may be kept; nothing else may, and no error.
        bool kept = response.IsSuccessStatusCode
            && request.RequestUri!.AbsolutePath.Contains("/assets/", StringComparison.Ordinal);
        Assert.Equal(!kept, Header(response, "Cache-Control") == "no-store");
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(response, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Equal("noindex, nofollow, noarchive", Header(response, "X-Robots-Tag"));
        foreach (string power in (string[])["camera", "geolocation", "microphone", "payment", "usb"])
            Assert.Contains($"{power}=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        string policy = Header(response, "Content-Security-Policy");
        Assert.True(
            policy == "sandbox" || policy.StartsWith("default-src 'none'; ", StringComparison.Ordinal), policy);
        // WebAssembly alone, for Argon2id; no text becomes script.
        Assert.DoesNotContain("'unsafe-", policy, StringComparison.Ordinal);
        foreach (string absent in (string[])["Server", "Access-Control-Allow-Origin"])
            Assert.Equal("", Header(response, absent));
        // Nobody is known by a cookie but the operator.
        if (!IsOperators(request.RequestUri!.AbsolutePath))
            Assert.Equal("", Header(response, "Set-Cookie"));
        return response;
    }

    private static bool IsOperators(string path) =>
        ((string[])["/admin", "/list-files", "/info/", "/stats"]).Any(part => path.Contains(part));

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
