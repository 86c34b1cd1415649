using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

internal enum AppendOutcome
{
    /// <summary>No such upload, the receipt token is another's, it is published, or its blob is lost.</summary>
    NotFound,

    /// <summary>There is more of it, or less, than this request goes on from; or a newer one goes on with it.</summary>
    OffsetDiffers,

    /// <summary>More came than had been announced: nothing of this request counts.</summary>
    TooLong,

    /// <summary>It is no envelope of version 1: the upload has ended.</summary>
    Malformed,

    /// <summary>More records than the server admits: the upload has ended.</summary>
    TooLarge,

    /// <summary>What arrived is kept.</summary>
    Advanced,

    /// <summary>All of it has arrived, and is a share now.</summary>
    Published,
}

/// <summary>
/// Appends what arrives to an upload, and publishes it with its last byte. The newest request takes over at once, so
/// that a sender whose connection hangs need not wait for it.
/// </summary>
internal static class AppendUpload
{
    public static async Task<Results<NoContent, Problem>> HandleAsync(
        string id, HttpContext context, IUploadStore store, IBlobStore blobs, ShareOptions options, TimeProvider time)
    {
        var request = context.Request;
        if (!request.IsOfType(Tus.ContentType))
            return Problems.UnsupportedMediaType;
        if (!Tus.TryReadNumber(request, Tus.OffsetHeader, out long offset))
            return Problems.BadRequest;
        if (!ShareId.TryParse(id, out var shareId) || !ReceiptToken.TryParse(request.Bearer(), out var receiptToken)
            || await store.FindUploadAsync(shareId, receiptToken.Verifier, context.RequestAborted) is not { } upload)
            return Problems.NotFound;
        if (upload.ExpiresAt is null)
            return Problems.NotFound;
        if (upload.Offset != offset)
            return Problems.UploadOffset;
        if (request.ContentLength > upload.Length - offset)
            return Problems.MoreThanAnnounced;

        using var body = new BoundedSilenceReader(context, upload.Length - offset, time);
        var append = new UploadAppending(shareId, receiptToken.Verifier, store, blobs, options, time);
        var outcome = await append.AppendAsync(offset, body);
        append.Broken?.Throw();
        return outcome switch
        {
            AppendOutcome.NotFound => Problems.NotFound,
            AppendOutcome.OffsetDiffers => Problems.UploadOffset,
            AppendOutcome.TooLong => Problems.MoreThanAnnounced,
            AppendOutcome.Malformed => Problems.MalformedEnvelope,
            AppendOutcome.TooLarge => Problems.TooLarge,
            AppendOutcome.Advanced or AppendOutcome.Published => Appended(),
        };

        NoContent Appended()
        {
            Tus.SetOffset(context.Response, append.Offset);
            Tus.SetExpires(context.Response, append.ExpiresAt);
            return TypedResults.NoContent();
        }
    }
}
