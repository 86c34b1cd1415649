using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Doors;

/// <summary>The receipt for a browser without script: see what happened, allow more attempts, burn.</summary>
internal static class ReceiptDoor
{
    public static async Task<IResult> HandleAsync(
        string id, HttpContext context, IShareStore store, IBlobStore blobs, WebOptions web)
    {
        if (!ShareId.TryParse(id, out var shareId))
            return Problems.NotFound;
        var (form, problem) = await FormBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (!ReceiptToken.TryParse(form!.FragmentIn("receipt_token"), out var token)
            || await ActAsync(form["act"]) is not { } receipt)
            return Problems.NotFound;
        var model = new ReceiptStateModel(ServerAddress.PathBase(context.Request, web), id, token.ToText(), receipt);
        return Results.RazorSlice<ReceiptStatePage, ReceiptStateModel>(model);

        async Task<Receipt?> ActAsync(string act)
        {
            // Not to be stopped by a sender who hangs up once the form is there: the word stands.
            var never = CancellationToken.None;
            // Seen first: the sender's word ends a share only where the token is the sender's, not the claimant's.
            var seen = await store.ReadReceiptAsync(shareId, token.Verifier, never);
            if (seen is null || act is not ("allow" or "burn"))
                return seen;
            if (act == "allow")
                await store.AllowAttemptsAsync(shareId, token.Verifier, never);
            else
                await BurnShare.EndAsync(shareId, token.Verifier, store, blobs);
            return await store.ReadReceiptAsync(shareId, token.Verifier, never);
        }
    }
}
