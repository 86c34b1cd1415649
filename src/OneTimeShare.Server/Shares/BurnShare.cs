using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal enum EndOutcome
{
    /// <summary>No such share, or the token is neither its claim token nor its receipt token.</summary>
    NotFound,

    /// <summary>It has ended, now or before: the first end stands.</summary>
    Ended,
}

/// <summary>
/// Ends a share: the recipient's "I have all of it" with the claim token, the sender's burn with the receipt token.
/// </summary>
internal static class BurnShare
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        string id, HttpRequest request, IShareStore store, IBlobStore blobs)
    {
        // Both tokens are 16 bytes; which of the two this is, the store finds out by its hash.
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(request.Bearer(), out var token))
            return Problems.NotFound;
        return await EndAsync(shareId, token.Verifier, store, blobs) switch
        {
            EndOutcome.NotFound => Problems.NotFound,
            EndOutcome.Ended => TypedResults.NoContent(),
        };
    }

    /// <summary>
    /// The row first, then the blob: between the two there is a blob that nobody can reach. Whoever has asked for it
    /// may hang up: nothing that arrived whole is taken back by that.
    /// </summary>
    public static async Task<EndOutcome> EndAsync(ShareId id, Verifier token, IShareStore store, IBlobStore blobs)
    {
        var outcome = await store.EndAsync(id, token, CancellationToken.None);
        if (outcome == EndOutcome.Ended)
        {
            try
            {
                await blobs.DeleteAsync(id, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                // The share has ended all the same; the sweeper deletes the blob when the store answers again.
            }
        }
        return outcome;
    }
}
