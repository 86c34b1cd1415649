using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <param name="Id">The share.</param>
/// <param name="Header">The envelope's 24 bytes, in base64url.</param>
/// <param name="Size">The length of the records, in bytes.</param>
/// <param name="Passphrase">Whether it needs one.</param>
/// <param name="ExpiresAt">When its timer runs out.</param>
internal sealed record PreviewResponse(string Id, string Header, long Size, bool Passphrase, DateTimeOffset ExpiresAt);

internal enum PreviewOutcome
{
    /// <summary>No such share, or the link proof is another's.</summary>
    NotFound,
    Ended,
    Found,
}

/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="Header">Where it was found.</param>
/// <param name="Size">The length of the records, where it was found.</param>
/// <param name="ExpiresAt">Where it was found.</param>
/// <param name="Locked">Where it was found: too many wrong passphrases.</param>
/// <param name="Claimed">Where it was found: claimed with the token that was shown.</param>
internal sealed record Preview(
    PreviewOutcome Outcome,
    Ending Ending = default,
    EnvelopeHeader? Header = null,
    long Size = 0,
    DateTimeOffset ExpiresAt = default,
    bool Locked = false,
    bool Claimed = false);

/// <summary>Shows whoever holds the link what a client needs to derive its keys; changes nothing.</summary>
internal static class PreviewShare
{
    public static async Task<Results<Ok<PreviewResponse>, Problem>> HandleAsync(
        string id, HttpRequest request, IShareStore store)
    {
        if (!ShareId.TryParse(id, out var shareId) || !LinkProof.TryParse(request.Bearer(), out var proof))
            return Problems.NotFound;
        var preview = await store.PreviewAsync(
            shareId, proof.Verifier, claimToken: null, request.HttpContext.RequestAborted);
        return preview.Outcome switch
        {
            PreviewOutcome.NotFound => Problems.NotFound,
            PreviewOutcome.Ended => Problem.For(preview.Ending),
            PreviewOutcome.Found => TypedResults.Ok(new PreviewResponse(
                id,
                StrictBase64Url.Encode(preview.Header!.Bytes),
                preview.Size,
                preview.Header.Kdf != Kdf.None,
                preview.ExpiresAt)),
        };
    }
}
