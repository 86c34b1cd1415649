using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>Tells a sender how much has arrived: all of it, once it is published.</summary>
internal static class ReadUpload
{
    public static async Task<Results<Ok, Problem>> HandleAsync(string id, HttpContext context, IUploadStore store)
    {
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(context.Request.Bearer(), out var token)
            || await store.FindUploadAsync(shareId, token.Verifier, context.RequestAborted) is not { } upload)
            return Problems.NotFound;
        Tus.SetOffset(context.Response, upload.Offset);
        Tus.SetLength(context.Response, upload.Length);
        Tus.SetExpires(context.Response, upload.ExpiresAt);
        return TypedResults.Ok();
    }
}
