using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal sealed record UnlockRequest(string? LinkProof, string? ClaimProof)
{
    public bool TryParse(out Shown shown)
    {
        bool parsed = Envelope.LinkProof.TryParse(LinkProof, out var link)
            & Envelope.ClaimProof.TryParse(ClaimProof, out var claim);
        shown = parsed ? new Shown(link.Verifier, claim.Verifier, ClaimToken: null) : default;
        return parsed;
    }
}

/// <param name="Manifest">Sealed, in base64url.</param>
/// <param name="Size">The length of the records, in bytes.</param>
/// <param name="ExpiresAt">When its timer runs out.</param>
internal sealed record UnlockResponse(string Manifest, long Size, DateTimeOffset ExpiresAt);

/// <param name="Check">Whether the others are there.</param>
/// <param name="Manifest">Where it passed.</param>
/// <param name="Size">The length of the records, where it passed.</param>
/// <param name="ExpiresAt">Where it passed.</param>
internal sealed record Unlock(
    Check Check,
    SealedManifest? Manifest = null,
    long Size = 0,
    DateTimeOffset ExpiresAt = default);

/// <summary>Shows the manifest to whoever has link and passphrase: for people, who look before they take.</summary>
internal static class UnlockShare
{
    public static async Task<Results<Ok<UnlockResponse>, Problem>> HandleAsync(
        string id, HttpRequest request, IShareStore store)
    {
        if (!ShareId.TryParse(id, out var shareId))
            return Problems.NotFound;
        var (body, problem) = await JsonBody.ReadAsync(request, ShareJson.Default.UnlockRequest);
        if (problem is not null)
            return problem;
        if (!body!.TryParse(out var shown))
            return Problems.BadRequest;

        var unlock = await store.UnlockAsync(shareId, shown, request.HttpContext.RequestAborted);
        if (Problem.For(unlock.Check) is { } refused)
            return refused;
        return TypedResults.Ok(new UnlockResponse(
            StrictBase64Url.Encode(unlock.Manifest!.Bytes), unlock.Size, unlock.ExpiresAt));
    }
}
