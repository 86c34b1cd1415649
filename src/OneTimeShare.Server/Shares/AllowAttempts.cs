using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <summary>Lets the sender unlock what wrong passphrases have locked.</summary>
internal static class AllowAttempts
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(string id, HttpRequest request, IShareStore store)
    {
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(request.Bearer(), out var token)
            || !await store.AllowAttemptsAsync(shareId, token.Verifier, request.HttpContext.RequestAborted))
            return Problems.NotFound;
        return TypedResults.NoContent();
    }
}
