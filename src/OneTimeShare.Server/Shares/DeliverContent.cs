using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal enum DeliveryOutcome
{
    /// <summary>No such share, or it was not claimed with this token.</summary>
    NotFound,

    /// <summary>It was claimed with this token, and has ended since.</summary>
    Ended,
    Claimed,
}

/// <param name="Outcome">Which of the others are there.</param>
/// <param name="Ending">Where it has ended.</param>
/// <param name="ClaimedAt">While it is claimed.</param>
/// <param name="LeaseUntil">While it is claimed.</param>
/// <param name="Content">While it is claimed.</param>
internal sealed record Delivery(
    DeliveryOutcome Outcome,
    Ending Ending = default,
    DateTimeOffset ClaimedAt = default,
    DateTimeOffset LeaseUntil = default,
    ClaimedContent? Content = null);

/// <summary>Sends the claimant the records, or a part of them, as often as needed until the lease ends.</summary>
internal static class DeliverContent
{
    public static async Task<Results<RecordsResult, Problem>> HandleAsync(
        string id, HttpContext context, IShareStore store, IBlobStore blobs, TimeProvider time)
    {
        if (!ShareId.TryParse(id, out var shareId) || !ClaimToken.TryParse(context.Request.Bearer(), out var token))
            return Problems.NotFound;
        var delivery = await store.DeliverAsync(shareId, token.Verifier, context.RequestAborted);
        return delivery.Outcome switch
        {
            DeliveryOutcome.NotFound => Problems.NotFound,
            DeliveryOutcome.Ended => Problem.For(delivery.Ending),
            DeliveryOutcome.Claimed => await DeliverAsync(delivery.Content!),
        };

        async Task<Results<RecordsResult, Problem>> DeliverAsync(ClaimedContent content)
        {
            var range = ByteRange.Of(context.Request, content.Size, RecordsResult.ETag(shareId));
            if (range.IsUnsatisfiable)
            {
                context.Response.Headers.ContentRange = $"bytes */{content.Size}";
                return Problems.RangeNotSatisfiable;
            }
            var records = await content.OpenAsync(blobs, range.Offset, range.Length, context.RequestAborted);
            return records is null
                ? Problem.Lost(delivery.ClaimedAt)
                : new RecordsResult(content, records, range, token, delivery.LeaseUntil, store, time);
        }
    }
}
