using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Operator;

/// <summary>The first of the operator's pages.</summary>
internal static class ShowOverview
{
    public static async Task<IResult> HandleAsync(
        HttpContext context, IOperatorStore store, IShareStore shares, ShareOptions options, StartReport start,
        WebOptions web, TimeProvider time)
    {
        var aborted = context.RequestAborted;
        var counted = await store.ReadCountsAsync(aborted);
        return Results.RazorSlice<OverviewPage, OverviewModel>(new OverviewModel(
            ServerAddress.PathBase(context.Request, web),
            OperatorVisit.Of(context).Session?.FormToken ?? "",
            ReadStats.Version,
            counted.Total.Live,
            counted.Total[ShareCount.Created],
            await shares.ReadStorageUsedAsync(aborted),
            options.MaxStorage,
            Plot.Of(ShareCount.Created, counted, time.GetUtcNow()),
            start.Lines));
    }
}
