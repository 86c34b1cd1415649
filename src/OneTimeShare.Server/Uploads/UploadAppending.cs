using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>
/// One request's part of an upload, from taking it over to what is kept in the end. Nothing in here ends with the
/// request: what has arrived is made durable though its sender has gone.
/// </summary>
internal sealed class UploadAppending(
    ShareId id, Verifier receiptToken, IUploadStore store, IBlobStore blobs, ShareOptions options, TimeProvider time)
{
    /// <summary>A killed process loses no more than what came in this time, and a slow upload is never idle.</summary>
    private static readonly TimeSpan AdvanceEvery = TimeSpan.FromSeconds(10);

    /// <summary>How far it is now, where it has advanced.</summary>
    public long Offset { get; private set; }

    /// <summary>Until when it may be silent; null where it is published.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>Why the body ended before its end, where the sender can still hear of it.</summary>
    public ExceptionDispatchInfo? Broken { get; private set; }

    public async Task<AppendOutcome> AppendAsync(long offset, PipeReader body)
    {
        try
        {
            // The blob first: whoever then takes the row knows that no older writer touches the blob any more.
            await using var blob = await blobs.ContinueAsync(id, CancellationToken.None);
            var taken = await store.TakeUploadAsync(id, receiptToken, offset, CancellationToken.None);
            return taken.Outcome switch
            {
                TakeOutcome.NotFound => AppendOutcome.NotFound,
                TakeOutcome.OffsetDiffers => AppendOutcome.OffsetDiffers,
                TakeOutcome.Taken => await AppendAsync(taken, offset, blob, body),
            };
        }
        catch (BlobTakenOverException)
        {
            return AppendOutcome.OffsetDiffers;
        }
    }

    private async Task<AppendOutcome> AppendAsync(
        TakenUpload taken, long offset, IBlobAppender blob, PipeReader body)
    {
        long blobLength = new UploadLayout(taken.Length).BlobLengthAt(offset);
        if (!await blob.CutAsync(taken.Writer, blobLength, CancellationToken.None))
            return await EndAsync(taken, AppendOutcome.NotFound);
        var writer = new UploadWriter(id, taken, offset, blob, store, Records.SealedLengthOf(options.MaxSize));
        var outcome = await ReceiveAsync(writer, body);
        if (outcome == AppendOutcome.Advanced)
            outcome = writer.IsWhole ? await writer.PublishAsync(receiptToken) : await AdvanceAsync(writer);
        Offset = writer.Offset;
        return outcome is AppendOutcome.Malformed or AppendOutcome.TooLarge
            ? await EndAsync(taken, outcome) : outcome;
    }

    private async Task<AppendOutcome> ReceiveAsync(UploadWriter writer, PipeReader body)
    {
        try
        {
            long advanced = time.GetTimestamp();
            while (true)
            {
                // Not until the request is aborted: what had arrived by then is still there to be read.
                var read = await body.ReadAsync(CancellationToken.None);
                if (!await writer.WriteAsync(read.Buffer))
                    return AppendOutcome.Malformed;
                body.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    return AppendOutcome.Advanced;
                if (writer.IsWhole || time.GetElapsedTime(advanced) < AdvanceEvery)
                    continue;
                if (await AdvanceAsync(writer) is var outcome and not AppendOutcome.Advanced)
                    return outcome;
                advanced = time.GetTimestamp();
            }
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return AppendOutcome.TooLong;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or SilentBodyException)
        {
            if (failure is BadHttpRequestException or SilentBodyException)
                Broken = ExceptionDispatchInfo.Capture(failure);
            return AppendOutcome.Advanced;
        }
    }

    private async Task<AppendOutcome> AdvanceAsync(UploadWriter writer)
    {
        ExpiresAt = await writer.AdvanceAsync();
        return ExpiresAt is null ? AppendOutcome.OffsetDiffers : AppendOutcome.Advanced;
    }

    private async Task<AppendOutcome> EndAsync(TakenUpload taken, AppendOutcome outcome) =>
        await EndUpload.EndAsync(id, receiptToken, taken.Writer, store, blobs)
            ? outcome : AppendOutcome.OffsetDiffers;
}
