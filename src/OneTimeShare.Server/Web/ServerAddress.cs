namespace OneTimeShare.Server.Web;

/// <summary>This server's address as its users see it.</summary>
internal static class ServerAddress
{
    /// <summary>For HTTP/1.0, which need not say what host it asks.</summary>
    private static readonly Uri NoHost = new("http://localhost/");

    /// <summary>
    /// As it stands in a link, in ASCII and ending in a slash; the request's own where the operator has set none.
    /// </summary>
    public static string Of(HttpRequest request, WebOptions options) => (options.BaseUrl
        ?? (Uri.TryCreate(OwnWords(request), UriKind.Absolute, out var own) ? InAscii(own) : NoHost)).AbsoluteUri;

    /// <summary>The host as the network knows it: the rest is escaped already.</summary>
    public static Uri InAscii(Uri address) => new UriBuilder(address) { Host = address.IdnHost }.Uri;

    /// <summary>The path that everything lives below, without a slash at its end: empty, or <c>/sub/path</c>.</summary>
    public static string PathBase(HttpRequest request, WebOptions options) =>
        options.BaseUrl?.AbsolutePath.TrimEnd('/') ?? request.PathBase.ToUriComponent();

    // A proxy's word on the scheme may be a stranger's: what is not https is http.
    private static string OwnWords(HttpRequest request) =>
        $"{(request.IsHttps ? "https" : "http")}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}/";
}
