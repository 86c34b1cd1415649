using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// What a GET of the site's addresses shows: the same for every id, and nothing is consumed or counted.
/// </summary>
internal static class LinkPages
{
    public static IResult Home(HttpRequest request, ShareOptions shares, CreateRules rules, WebOptions web) =>
        Results.RazorSlice<HomePage, HomeModel>(new HomeModel(
            ServerAddress.PathBase(request, web),
            shares.MaxSize,
            shares.DefaultLifetime,
            shares.MinLifetime,
            shares.MaxLifetime,
            shares.Extensions is null ? [] : [.. shares.Extensions.Order(StringComparer.Ordinal)],
            rules.NeedsToken,
            web.BaseUrl is null ? null : ServerAddress.Of(request, web)));

    /// <summary>
    /// The page behind a link; for a client that does not ask for HTML, the line that takes what is there. A mail
    /// filter that turns <c>#</c> into <c>%23</c> has sent the key along: it goes back into the fragment.
    /// </summary>
    public static IResult Take(string id, HttpRequest request, WebOptions web)
    {
        string pathBase = ServerAddress.PathBase(request, web);
        if (id.IndexOf('#', StringComparison.Ordinal) is var hash and >= 0)
        {
            using var key = LinkKey.TryParse(id.AsSpan(hash + 1), out var parsed) ? parsed : null;
            return key is not null && ShareId.TryParse(id.AsSpan(0, hash), out var mangled)
                ? Results.Redirect($"{pathBase}/d/{mangled}?mangled#{key.ToFragment()}")
                : Problems.NotFound;
        }
        if (!ShareId.TryParse(id, out _))
            return Problems.NotFound;
        if (!request.PrefersHtml())
        {
            string line = UploadAnswer.CurlLine(ServerAddress.Of(request, web), id, "KEY", hasPassphrase: false);
            return Results.Text(line + "\n");
        }
        var model = new TakeModel(
            pathBase, id, Mangled: request.Query.ContainsKey("mangled"), ClaimToken.Create().ToText());
        return Results.RazorSlice<TakePage, TakeModel>(model);
    }

    public static IResult Receipt(string id, HttpRequest request, WebOptions web) => ShareId.TryParse(id, out _)
        ? Results.RazorSlice<ReceiptPage, ReceiptModel>(
            new ReceiptModel(ServerAddress.PathBase(request, web), id))
        : Problems.NotFound;

    /// <summary>Where links of the first days pointed.</summary>
    public static IResult Download(string id, HttpRequest request, WebOptions web) =>
        ShareId.TryParse(id, out var shareId)
        ? Results.Redirect($"{ServerAddress.PathBase(request, web)}/d/{shareId}", permanent: true, preserveMethod: true)
        : Problems.NotFound;
}
