using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>It is there, for its reader to take.</summary>
internal sealed record Published(ShareId Id, DateTimeOffset ExpiresAt);

/// <summary>
/// Brings one envelope to a server: at once where it is small, in pieces where it is large, and as it comes where
/// nobody knows its length. A piece is kept as it was sealed until the server has it: nothing is ever sealed twice.
/// </summary>
internal sealed class Upload(
    Exchange exchange, Uri server, ReceiptToken receipt, CreateOptions options, Patience patience,
    IProgress<TransferProgress>? progress)
{
    /// <summary>8 MiB: what goes in one request.</summary>
    private const int MaxAtOnce = 8 * 1024 * 1024;

    /// <summary>
    /// 16 MiB: the server has each piece on its disk before it takes the next, which costs the less the fewer there
    /// are; two of them are in memory.
    /// </summary>
    private const int PieceLength = 16 * 1024 * 1024;

    private readonly Uploads _uploads = new(exchange, server, receipt);
    private long? _length;

    public async Task<Answer<Published>> SendAsync(Sealing sealing, PipeReader envelope, CancellationToken cancel)
    {
        _length = sealing.EnvelopeLength;
        return _length switch
        {
            null => await PostAsync(new SealedContent(envelope, sent => Report(sent)), cancel),
            <= MaxAtOnce => await SendAtOnceAsync(envelope, cancel),
            _ => await SendInPiecesAsync(envelope, _length.Value, cancel),
        };
    }

    // An answer that is lost leaves a share behind that nobody has a link to; the next one is another share.
    private async Task<Answer<Published>> SendAtOnceAsync(PipeReader envelope, CancellationToken cancel)
    {
        var piece = new byte[MaxAtOnce];
        var whole = piece.AsMemory(0, await FillAsync(envelope, piece, cancel));
        return await patience.AskAsync(
            () => PostAsync(new PieceContent(whole, SealedContent.Envelope, sent => Report(sent)), cancel), cancel);
    }

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

    private async Task<Answer<Published>> SendInPiecesAsync(PipeReader envelope, long length, CancellationToken cancel)
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

    /// <summary>One piece is on its way while the next one is sealed.</summary>
    private async Task<Answer<Published>> SendAllAsync(
        PipeReader envelope, ShareId id, long length, CancellationToken cancel)
    {
        byte[] piece = new byte[PieceLength], next = new byte[PieceLength];
        int filled = await FillAsync(envelope, piece, cancel);
        for (long start = 0; start < length; start += PieceLength)
        {
            var filling = FillAsync(envelope, next, cancel);
            var refusal = await SendPieceAsync(piece.AsMemory(0, filled), start, id, cancel);
            int then = await filling;
            if (refusal is not null)
                return refusal;
            (piece, next, filled) = (next, piece, then);
        }
        return await ReadExpiryAsync(id, cancel);
    }

    private async Task<Refusal?> SendPieceAsync(
        ReadOnlyMemory<byte> piece, long start, ShareId id, CancellationToken cancel)
    {
        long at = start, end = start + piece.Length;
        while (at < end)
        {
            long from = at;
            var answer = await _uploads.AppendAsync(
                id, from, piece[(int)(from - start)..], sent => Report(from + sent), cancel);
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

    private static async Task<int> FillAsync(PipeReader envelope, Memory<byte> piece, CancellationToken cancel)
    {
        int filled = 0;
        while (filled < piece.Length)
        {
            var read = await envelope.ReadAsync(cancel);
            var part = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, piece.Length - filled));
            part.CopyTo(piece.Span[filled..]);
            filled += (int)part.Length;
            bool ended = read.IsCompleted && part.Length == read.Buffer.Length;
            envelope.AdvanceTo(part.End);
            if (ended)
                break;
        }
        return filled;
    }

    private void Report(long bytes) => progress?.Report(new TransferProgress(bytes, _length));
}
