using System.IO.Pipelines;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// A claimed share that is opened as it is sent: one file as itself, several as a zip. The length is said before the
/// first byte, and the last bytes wait until all that follows them has verified, so that a recipient who got as many
/// as were announced has got all, and authentic; everything else breaks the connection.
/// </summary>
internal sealed class OpenedShare(
    Claim claim, ClaimToken token, Manifest manifest, KeySchedule keys, Stream records, IShareStore store,
    TimeProvider time) : IResult
{
    /// <summary>This door has no acknowledgement: so long may a recipient whose connection broke come again.</summary>
    private static readonly TimeSpan LeaseAfterLastByte = TimeSpan.FromSeconds(60);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (keys)
        await using (records)
        {
            var names = FileNames.Safe(manifest);
            var zip = names.Count > 1 ? new ZipLayout(manifest, names) : null;
            var response = httpContext.Response;
            response.ContentType = manifest.Text ? "text/plain; charset=utf-8" : "application/octet-stream";
            response.ContentLength = zip?.Length ?? manifest.ContentLength;
            response.Headers.ContentDisposition = Attachment.Header(zip is null ? names[0] : "share.zip");
            response.Headers.ContentSecurityPolicy = "sandbox";
            response.Headers["X-Accel-Buffering"] = "no";

            await using var lease = new DeliveryLease(
                claim.Content!, token.Verifier, claim.LeaseUntil, store, time, httpContext);
            if (await SendAsync(response.BodyWriter, zip, lease.Token))
                await ShortenLeaseAsync();
            else
                httpContext.Abort();
        }
    }

    private async Task ShortenLeaseAsync()
    {
        try
        {
            await store.ShortenLeaseAsync(
                claim.Content!.Id, token.Verifier, LeaseAfterLastByte, CancellationToken.None);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StorageFullException)
        {
            // All of it was sent, and stays sent: the lease then ends by itself, only later.
        }
    }

    /// <returns>False where not all of it could be opened, or sent.</returns>
    private async Task<bool> SendAsync(PipeWriter destination, ZipLayout? zip, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ContentReader(records, keys, manifest);
            return zip is null
                ? await SendFileAsync(content, destination, cancellationToken)
                : await SendZipAsync(content, zip, destination, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Opens straight into the memory that is sent.</summary>
    private async Task<bool> SendFileAsync(
        ContentReader content, PipeWriter destination, CancellationToken cancellationToken)
    {
        int room = ContentReader.RoomFor(manifest);
        while (true)
        {
            var piece = await content.ReadAsync(destination.GetMemory(room), cancellationToken);
            if (piece.Failure is not null)
                return false;
            if (piece.Bytes.IsEmpty)
                return true;
            destination.Advance(piece.Bytes.Length);
            if ((await destination.FlushAsync(cancellationToken)).IsCompleted)
                return false;
        }
    }

    private async Task<bool> SendZipAsync(
        ContentReader content, ZipLayout zip, PipeWriter destination, CancellationToken cancellationToken)
    {
        var files = new ZippedFiles(manifest, zip, destination);
        var room = new byte[ContentReader.RoomFor(manifest)];
        try
        {
            while (true)
            {
                var piece = await content.ReadAsync(room, cancellationToken);
                if (piece.Failure is not null)
                    return false;
                if (piece.Bytes.IsEmpty)
                    break;
                files.Write(piece.Bytes.Span);
                if ((await destination.FlushAsync(cancellationToken)).IsCompleted)
                    return false;
            }
            files.Complete();
            return !(await destination.FlushAsync(cancellationToken)).IsCompleted;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(room);
        }
    }
}
