using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

/// <summary>The doors for people without a program of ours: browsers without script, and curl.</summary>
internal static class DoorsApi
{
    private static readonly string[] NotPut =
        [.. Methods.GetAndHead, HttpMethods.Post, HttpMethods.Patch, HttpMethods.Delete, HttpMethods.Options];

    public static void MapDoors(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/", Methods.GetAndHead, LinkPages.Home);
        app.MapPost("/upload", UploadDoor.PostAsync).RequireRateLimiting(RateLimits.Create)
            .WithMetadata(BodyOfAnyLength.Instance);
        app.MapPut("/{name?}", UploadDoor.PutAsync).RequireRateLimiting(RateLimits.Create)
            .WithMetadata(BodyOfAnyLength.Instance);
        // With PUT on every name, the framework would answer 405 to whoever gets what is not there.
        app.MapMethods("/{name}", NotPut, () => Problems.NotFound);
        app.MapMethods("/d/{id}", Methods.GetAndHead, LinkPages.Take);
        app.MapPost("/d/{id}", TakeDoor.HandleAsync).RequireRateLimiting(RateLimits.Open);
        app.MapMethods("/download/{id}", [.. Methods.GetAndHead, HttpMethods.Post], LinkPages.Download);
        app.MapMethods("/r/{id}", Methods.GetAndHead, LinkPages.Receipt);
        app.MapPost("/r/{id}", ReceiptDoor.HandleAsync);
    }
}
