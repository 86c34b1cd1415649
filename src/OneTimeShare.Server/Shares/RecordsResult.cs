using System.Globalization;
using System.IO.Pipelines;
using Microsoft.Net.Http.Headers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>Records on their way to the claimant, no longer than the lease.</summary>
internal sealed class RecordsResult(
    ClaimedContent content, Stream records, ByteRange range, ClaimToken token, DateTimeOffset leaseUntil,
    IShareStore store, TimeProvider time) : IResult
{
    /// <summary>What <c>RandomAccess</c> reads at a time: 256 KiB.</summary>
    private const int ReadLength = 256 * 1024;

    /// <summary>Strong, since the records of a share never change.</summary>
    public static EntityTagHeaderValue ETag(ShareId id) => new($"\"{id}\"");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var source = records;
        var response = httpContext.Response;
        response.StatusCode = range.IsPart ? StatusCodes.Status206PartialContent : StatusCodes.Status200OK;
        response.ContentType = "application/octet-stream";
        response.ContentLength = range.Length;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.ETag = ETag(content.Id).ToString();
        response.Headers["X-Accel-Buffering"] = "no";
        if (range.IsPart)
        {
            response.Headers.ContentRange = string.Create(
                CultureInfo.InvariantCulture, $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{content.Size}");
        }
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;

        await using var lease = new DeliveryLease(
            content, token.Verifier, leaseUntil, store, time, httpContext);
        if (!await CopyAsync(source, response.BodyWriter, lease.Token))
            httpContext.Abort();
    }

    /// <returns>False where the records, or the lease, ended before the range did.</returns>
    private async Task<bool> CopyAsync(Stream source, PipeWriter destination, CancellationToken cancellationToken)
    {
        long left = range.Length;
        try
        {
            while (left > 0)
            {
                int read = await source.ReadAsync(
                    destination.GetMemory((int)Math.Min(left, ReadLength)), cancellationToken);
                if (read == 0)
                    return false;
                destination.Advance(read);
                left -= read;
                if ((await destination.FlushAsync(cancellationToken)).IsCompleted)
                    return false;
            }
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
