using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>Gives an upload up.</summary>
internal static class EndUpload
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        string id, HttpContext context, IUploadStore store, IBlobStore blobs)
    {
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(context.Request.Bearer(), out var token)
            || !await EndAsync(shareId, token.Verifier, writer: null, store, blobs))
            return Problems.NotFound;
        return TypedResults.NoContent();
    }

    /// <summary>The row first, then the blob: nobody can publish it any more when its blob goes.</summary>
    public static async Task<bool> EndAsync(
        ShareId id, Verifier receiptToken, long? writer, IUploadStore store, IBlobStore blobs)
    {
        if (!await store.EndUploadAsync(id, receiptToken, writer, CancellationToken.None))
            return false;
        try
        {
            await blobs.DeleteAsync(id, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // It has ended all the same; the sweeper deletes the blob when the store answers again.
        }
        return true;
    }
}
