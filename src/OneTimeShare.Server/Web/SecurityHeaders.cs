namespace OneTimeShare.Server.Web;

/// <summary>
/// The headers that every answer has, errors too, and the refusal of what another site makes a browser send.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// Nothing but what is named. <c>wasm-unsafe-eval</c> is for Argon2id, which is WebAssembly; <c>frame-src</c> for
    /// the hidden frame of a download that the service worker answers, since no page of the server may be framed.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
        + "frame-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types onetimeshare";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        SetCacheControl(context);
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive";
        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";

        if (IsCrossSite(context.Request))
            await Problems.CrossSite.ExecuteAsync(context);
        else
            await next(context);
    });

    /// <summary>Scripts, styles and fonts say for themselves how they are kept; nothing else may be kept.</summary>
    private static void SetCacheControl(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/assets"))
            context.Response.Headers.CacheControl = "no-store";
    }

    private static bool IsCrossSite(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)
        && !HttpMethods.IsOptions(request.Method)
        && request.Headers.TryGetValue("Sec-Fetch-Site", out var site)
        && site.ToString() is not ("same-origin" or "none");
}
