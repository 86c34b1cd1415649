using System.IO.Pipelines;
using System.Net;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>It is there, for its reader to take.</summary>
internal sealed record Published(ShareId Id, DateTimeOffset ExpiresAt);

/// <summary>
/// Brings one envelope to a server: at once where it is small, in pieces where it is large, and as it comes where
/// nobody knows its length. A piece is held as it was sealed until the server has it.
/// </summary>
internal sealed class Upload(
    Exchange exchange, Uri server, ReceiptToken receipt, CreateOptions options, Patience patience,
    IProgress<TransferProgress>? progress)
{
    /// <summary>8 MiB: what goes in one request.</summary>
    private const int MaxAtOnce = 8 * 1024 * 1024;

    /// <summary>
    /// 32 MiB: the server has each piece on its disk before it takes the next, which costs the less the fewer there
    /// are; and one of them is in memory.
    /// </summary>
    private const int PieceLength = 32 * 1024 * 1024;

    private readonly Uploads _uploads = new(exchange, server, receipt);
    private long? _length;

    public async Task<Answer<Published>> SendAsync(Sealing sealing, PipeReader envelope, CancellationToken cancel)
    {
        _length = sealing.EnvelopeLength;
        using var held = new HeldEnvelope(envelope);
        return _length switch
        {
            null => await PostAsync(new SealedContent(envelope, Report), cancel),
            <= MaxAtOnce => await SendAtOnceAsync(held, _length.Value, cancel),
            _ => await SendInPiecesAsync(held, _length.Value, cancel),
        };
    }

    // An answer that is lost leaves a share behind that nobody has a link to; the next one is another share.
    private Task<Answer<Published>> SendAtOnceAsync(HeldEnvelope envelope, long length, CancellationToken cancel) =>
        patience.AskAsync(
            async () =>
            {
                var content = new HeldContent(envelope, 0, length, SealedContent.Envelope, Report);
                var answer = await PostAsync(content, cancel);
                envelope.ThrowIfFailed();
                return answer;
            },
            cancel);

    private Task<Answer<Published>> PostAsync(HttpContent content, CancellationToken cancel)
    {
        var request = Exchange.Request(HttpMethod.Post, server, "shares" + Creating.Query(options), receipt.ToText());
        Creating.AddToken(request, options);
        request.Content = content;
        // A refusal that needs no body comes before the body has been sent.
        request.Headers.ExpectContinue = true;
        return exchange.SendAsync<Published>(
            request,
            async response => response.StatusCode != HttpStatusCode.Created
                ? await Problems.ReadAsync(response, cancel)
                : await Exchange.ReadAsync(response, WireJson.Default.CreatedWire) is { } created
                    && ShareId.TryParse(created.Id, out var id)
                        ? new Published(id, created.ExpiresAt) : Problems.Unexpected(response),
            Timeout.InfiniteTimeSpan,
            cancel);
    }

    private async Task<Answer<Published>> SendInPiecesAsync(
        HeldEnvelope envelope, long length, CancellationToken cancel)
    {
        var begun = await patience.AskAsync(() => _uploads.BeginAsync(length, options, cancel), cancel);
        if (!begun.Is(out var upload, out var refusal))
            return refusal;
        patience.Reward();
        bool published = false;
        try
        {
            var answer = await SendAllAsync(envelope, upload.Id, length, cancel);
            published = answer.Is(out _, out _);
            return answer;
        }
        finally
        {
            if (!published)
                await _uploads.EndAsync(upload.Id);
        }
    }

    private async Task<Answer<Published>> SendAllAsync(
        HeldEnvelope envelope, ShareId id, long length, CancellationToken cancel)
    {
        for (long start = 0; start < length; start += PieceLength)
        {
            int piece = (int)Math.Min(PieceLength, length - start);
            if (await SendPieceAsync(envelope, piece, start, id, cancel) is { } refusal)
                return refusal;
            await envelope.LetGoAsync(piece, cancel);
        }
        return await ReadExpiryAsync(id, cancel);
    }

    private async Task<Refusal?> SendPieceAsync(
        HeldEnvelope envelope, long length, long start, ShareId id, CancellationToken cancel)
    {
        long at = start, end = start + length;
        while (at < end)
        {
            var piece = Uploads.Piece(envelope, at - start, length, sent => Report(start + sent));
            var answer = await _uploads.AppendAsync(id, at, piece, cancel);
            envelope.ThrowIfFailed();
            if (!answer.Is(out var offset, out var refusal))
            {
                if (!refusal.Passes || !await patience.WaitAsync(refusal, cancel))
                    return Forgotten(refusal);
                answer = await patience.AskAsync(() => _uploads.FindAsync(id, cancel), cancel);
                if (!answer.Is(out offset, out refusal))
                    return Forgotten(refusal);
            }
            // Less than the server has said before is another upload than this one.
            if (offset.Offset < at || offset.Offset > end)
                return new Refusal(RefusalKind.UploadForgotten);
            if (offset.Offset > at)
                patience.Reward();
            at = offset.Offset;
            Report(at);
        }
        return null;
    }

    private async Task<Answer<Published>> ReadExpiryAsync(ShareId id, CancellationToken cancel)
    {
        var receipts = new Receipts(exchange);
        var answer = await patience.AskAsync(
            () => receipts.ReadAsync(new ReceiptLink(server, id, receipt), cancel), cancel);
        return answer.Is(out var read, out var refusal) ? new Published(id, read.ExpiresAt) : Forgotten(refusal);
    }

    private static Refusal Forgotten(Refusal refusal) =>
        refusal.Kind == RefusalKind.NotFound ? new Refusal(RefusalKind.UploadForgotten) : refusal;

    private void Report(long bytes) => progress?.Report(new TransferProgress(bytes, _length));
}
