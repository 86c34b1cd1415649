using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Operator;

/// <summary>One share, and the operator's burn.</summary>
internal static class InspectShare
{
    public static async Task<IResult> HandleAsync(
        string id, HttpContext context, IOperatorStore store, WebOptions web, TimeProvider time) =>
        ShareId.TryParse(id, out var shareId) && await store.FindAsync(shareId, context.RequestAborted) is { } share
            ? Answer(context, share, web, time) : Problems.NotFound;

    /// <summary>As its sender would: by the hash of their token, which is all that the store has of it.</summary>
    public static async Task<IResult> BurnAsync(
        string id, HttpContext context, IOperatorStore store, IShareStore shares, IBlobStore blobs, OperatorLog log,
        WebOptions web, TimeProvider time)
    {
        var (form, problem) = await FormBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (OperatorVisit.Of(context).Session?.IsOwnForm(form!["form_token"]) == false)
            return Problems.CrossSite;
        if (form!["act"] != "burn")
            return Problems.BadRequest;
        var never = CancellationToken.None;
        if (!ShareId.TryParse(id, out var shareId) || await store.FindAsync(shareId, never) is not { } share)
            return Problems.NotFound;
        await BurnShare.EndAsync(shareId, share.Receipt, shares, blobs);
        log.Burned(context, shareId);
        return await store.FindAsync(shareId, never) is { } ended
            ? Answer(context, ended, web, time) : Problems.NotFound;
    }

    private static IResult Answer(HttpContext context, ListedShare share, WebOptions web, TimeProvider time)
    {
        if (!context.Request.PrefersHtml())
            return TypedResults.Ok(ListedResponse.Of(share));
        return Results.RazorSlice<OneSharePage, ShareModel>(new ShareModel(
            ServerAddress.PathBase(context.Request, web), ShareRow.Of(share, time.GetUtcNow()),
            OperatorVisit.Of(context).Session?.FormToken ?? ""));
    }
}
