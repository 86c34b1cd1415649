using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <summary>The API for programs: every route, in the order of a share's life.</summary>
internal static class SharesApi
{
    public static void MapShares(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapMethods("/policy", Methods.GetAndHead, ReadPolicy.Handle);
        api.MapPost("/shares", CreateShare.HandleAsync).RequireRateLimiting(RateLimits.Create)
            .WithMetadata(BodyOfAnyLength.Instance);
        api.MapMethods("/shares/{id}", Methods.GetAndHead, PreviewShare.HandleAsync)
            .RequireRateLimiting(RateLimits.Open);
        api.MapPost("/shares/{id}/unlock", UnlockShare.HandleAsync).RequireRateLimiting(RateLimits.Open);
        api.MapPost("/shares/{id}/claim", ClaimShare.HandleAsync).RequireRateLimiting(RateLimits.Open);
        api.MapMethods("/shares/{id}/content", Methods.GetAndHead, DeliverContent.HandleAsync);
        api.MapDelete("/shares/{id}", BurnShare.HandleAsync);
        api.MapMethods("/shares/{id}/receipt", Methods.GetAndHead, ReadReceipt.HandleAsync);
        api.MapPost("/shares/{id}/attempts", AllowAttempts.HandleAsync);
    }
}
