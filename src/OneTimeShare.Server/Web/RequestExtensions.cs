using System.Net.Http.Headers;

namespace OneTimeShare.Server.Web;

/// <summary>What a request says of itself, read in one way everywhere.</summary>
internal static class RequestExtensions
{
    /// <summary>A browser that navigates names <c>text/html</c>; curl does not, and <c>*/*</c> is no wish.</summary>
    public static bool AcceptsHtml(this HttpRequest request) => request.Accepts("text/html");

    public static bool AcceptsJson(this HttpRequest request) => request.Accepts("application/json");

    /// <summary>Whether an error should be a page: never under <c>/api</c>.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.AcceptsHtml() && !request.Path.StartsWithSegments("/api");

    /// <summary>What <c>Authorization: Bearer</c> carries; empty where it is missing.</summary>
    public static string Bearer(this HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? "" : "";

    /// <summary>Whether the body's media type is this, whatever its parameters.</summary>
    public static bool IsOfType(this HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && mediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);

    private static bool Accepts(this HttpRequest request, string mediaType)
    {
        foreach (string? line in request.Headers.Accept)
        {
            foreach (string item in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (MediaTypeWithQualityHeaderValue.TryParse(item, out var accepted) && accepted.Quality is not 0
                    && mediaType.Equals(accepted.MediaType, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }
}
