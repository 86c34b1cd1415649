using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal sealed record ClaimRequest(string? LinkProof, string? ClaimProof, string? ClaimToken)
{
    public bool TryParse(out Shown shown)
    {
        bool parsed = Envelope.LinkProof.TryParse(LinkProof, out var link)
            & Envelope.ClaimProof.TryParse(ClaimProof, out var claim)
            & Shares.ClaimToken.TryParse(ClaimToken, out var token);
        shown = parsed ? new Shown(link.Verifier, claim.Verifier, token.Verifier) : default;
        return parsed;
    }
}

/// <param name="Manifest">Sealed, in base64url.</param>
/// <param name="Size">The length of the records, in bytes.</param>
/// <param name="LeaseUntil">Until when the content may be fetched.</param>
/// <param name="Content">The records, in base64url, where there is only one.</param>
internal sealed record ClaimResponse(
    string Manifest,
    long Size,
    DateTimeOffset LeaseUntil,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);

/// <param name="Check">Whether the others are there.</param>
/// <param name="Manifest">Where it passed.</param>
/// <param name="ClaimedAt">Where it passed: now, or when it was claimed with this token before.</param>
/// <param name="LeaseUntil">Where it passed.</param>
/// <param name="Content">Where it passed.</param>
internal sealed record Claim(
    Check Check,
    SealedManifest? Manifest = null,
    DateTimeOffset ClaimedAt = default,
    DateTimeOffset LeaseUntil = default,
    ClaimedContent? Content = null);

/// <summary>Takes the share: of all who try, one gets it.</summary>
internal static class ClaimShare
{
    public static async Task<Results<Ok<ClaimResponse>, Problem>> HandleAsync(
        string id, HttpRequest request, IShareStore store)
    {
        if (!ShareId.TryParse(id, out var shareId))
            return Problems.NotFound;
        var (body, problem) = await JsonBody.ReadAsync(request, ShareJson.Default.ClaimRequest);
        if (problem is not null)
            return problem;
        if (!body!.TryParse(out var shown))
            return Problems.BadRequest;

        var claim = await store.ClaimAsync(shareId, shown, request.HttpContext.RequestAborted);
        if (Problem.For(claim.Check) is { } refused)
            return refused;
        return TypedResults.Ok(new ClaimResponse(
            StrictBase64Url.Encode(claim.Manifest!.Bytes),
            claim.Content!.Size,
            claim.LeaseUntil,
            claim.Content.Records is { } records ? StrictBase64Url.Encode(records) : null));
    }
}
