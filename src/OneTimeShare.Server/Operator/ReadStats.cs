using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Operator;

/// <summary>How often what has happened, as a page with plots or as JSON.</summary>
internal static class ReadStats
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, IOperatorStore store, IShareStore shares, ShareOptions options, WebOptions web,
        TimeProvider time)
    {
        var aborted = request.HttpContext.RequestAborted;
        if (!request.PrefersHtml())
            return await HandleJsonAsync(store, shares, options, aborted);
        var counted = await store.ReadCountsAsync(aborted);
        return Results.RazorSlice<StatsPage, StatsModel>(new StatsModel(
            ServerAddress.PathBase(request, web),
            [.. ShareCounts.Kinds.Select(what => Plot.Of(what, counted, time.GetUtcNow()))]));
    }

    public static async Task<Ok<StatsResponse>> HandleJsonAsync(
        IOperatorStore store, IShareStore shares, ShareOptions options, CancellationToken aborted)
    {
        var counted = await store.ReadCountsAsync(aborted);
        return TypedResults.Ok(new StatsResponse(
            Version,
            counted.Total.Live,
            await shares.ReadStorageUsedAsync(aborted),
            options.MaxStorage,
            CountsResponse.Of(counted.Total),
            [.. counted.Hours.Select(hour => new HourResponse(hour.Key, CountsResponse.Of(hour.Value)))]));
    }

    public static string Version { get; } = typeof(ReadStats).Assembly.GetName().Version!.ToString(3);
}
