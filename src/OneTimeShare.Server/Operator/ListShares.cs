using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Operator;

/// <summary>All shares, some at a time.</summary>
internal static class ListShares
{
    private const int Limit = 50;

    public static async Task<IResult> HandleAsync(
        HttpRequest request, IOperatorStore store, WebOptions web, TimeProvider time)
    {
        long? from = null;
        if (request.Query["from"].ToString() is { Length: > 0 } text)
        {
            if (!Digits.TryParse(text, out long given))
                return Problems.BadRequest;
            from = given;
        }
        var page = await store.ListAsync(from, Limit, request.HttpContext.RequestAborted);
        if (!request.PrefersHtml())
            return TypedResults.Ok(new ListResponse([.. page.Shares.Select(ListedResponse.Of)], page.Next));
        var now = time.GetUtcNow();
        return Results.RazorSlice<SharesPage, SharesModel>(new SharesModel(
            ServerAddress.PathBase(request, web), [.. page.Shares.Select(share => ShareRow.Of(share, now))], page.Next,
            IsFirst: from is null));
    }
}
