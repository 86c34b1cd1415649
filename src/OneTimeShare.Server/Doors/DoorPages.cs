using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Doors;

/// <summary>What a browser sees of a share that it has just made.</summary>
internal static class DoorPages
{
    public static Task CreatedAsync(HttpContext context, WebOptions web, UploadResponse answer, string curl)
    {
        var model = new CreatedModel(
            ServerAddress.PathBase(context.Request, web), answer.Link, answer.ReceiptLink, answer.ExpiresAt, curl);
        return Results.RazorSlice<CreatedPage, CreatedModel>(model, StatusCodes.Status201Created)
            .ExecuteAsync(context);
    }
}
