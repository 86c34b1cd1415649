namespace OneTimeShare.Server.Web;

/// <summary>This server's address as its users see it.</summary>
internal static class ServerAddress
{
    /// <summary>Ending in a slash; the request's own where the operator has set none.</summary>
    public static Uri Of(HttpRequest request, WebOptions options) =>
        options.BaseUrl ?? new Uri($"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}/");

    /// <summary>The path that everything lives below, without a slash at its end: empty, or <c>/sub/path</c>.</summary>
    public static string PathBase(HttpRequest request, WebOptions options) =>
        options.BaseUrl?.AbsolutePath.TrimEnd('/') ?? request.PathBase.ToUriComponent();
}
