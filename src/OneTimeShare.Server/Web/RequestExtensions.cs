using System.Net.Http.Headers;
using System.Text;

namespace OneTimeShare.Server.Web;

/// <summary>What a request says of itself, read in one way everywhere.</summary>
internal static class RequestExtensions
{
    private const string PassphraseName = "OTS-Passphrase";

    /// <summary>Its value comes byte by byte: what is no UTF-8 is for its door to refuse, and not a bare 400.</summary>
    public static Encoding? EncodingOf(string header) =>
        header.Equals(PassphraseName, StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;

    /// <summary>Empty where there is none; null where it is no UTF-8.</summary>
    public static string? PassphraseHeader(this HttpRequest request) =>
        Utf8Text.Decode(Encoding.Latin1.GetBytes(request.Headers[PassphraseName].ToString()));

    /// <summary>A browser that navigates names <c>text/html</c>; curl does not, and <c>*/*</c> is no wish.</summary>
    public static bool PrefersHtml(this HttpRequest request) =>
        request.WeightOf("text/html") is > 0 and var html && html >= request.WeightOf("application/json");

    public static bool PrefersJson(this HttpRequest request) =>
        request.WeightOf("application/json") is > 0 and var json && json > request.WeightOf("text/html");

    /// <summary>Whether an error should be a page: never under <c>/api</c>.</summary>
    public static bool WantsPage(this HttpRequest request) =>
        request.PrefersHtml() && !request.Path.StartsWithSegments("/api");

    /// <summary>What <c>Authorization: Bearer</c> carries; empty where it is missing.</summary>
    public static string Bearer(this HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            ? header.Parameter ?? "" : "";

    /// <summary>Whether the body's media type is this, whatever its parameters.</summary>
    public static bool IsOfType(this HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && mediaType.Equals(type.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 9110 section 12.5.1: 0 to 1, and 0 where the type is not named at all.</summary>
    private static double WeightOf(this HttpRequest request, string mediaType)
    {
        double weight = 0;
        foreach (string? line in request.Headers.Accept)
        {
            foreach (string item in (line ?? "").Split(',', StringSplitOptions.TrimEntries))
            {
                if (MediaTypeWithQualityHeaderValue.TryParse(item, out var accepted)
                    && mediaType.Equals(accepted.MediaType, StringComparison.OrdinalIgnoreCase))
                    weight = Math.Max(weight, accepted.Quality ?? 1);
            }
        }
        return weight;
    }
}
