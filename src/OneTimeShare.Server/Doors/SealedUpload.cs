using System.IO.Pipelines;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// A secret that the server seals as it reads it: one end of a pipe seals, the other is the same intake that takes
/// envelopes from programs. The key lives as long as the request.
/// </summary>
internal sealed class SealedUpload : IAsyncDisposable
{
    private static readonly PipeOptions PipeOptions = new(
        pauseWriterThreshold: 1 << 19, resumeWriterThreshold: 1 << 18,
        minimumSegmentSize: 2 * Records.SealedLength, useSynchronizationContext: false);

    private readonly Pipe _pipe = new(PipeOptions);
    private readonly string _linkKey;
    private readonly KeySchedule _keys;
    private readonly EnvelopeWriter _writer;
    private readonly Task<ReceivedEnvelope> _intake;
    private readonly long _maxSize;

    public SealedUpload(
        LinkKey linkKey, KeySchedule keys, EnvelopeIntake intake, long maxSize, CancellationToken aborted)
    {
        _linkKey = linkKey.ToFragment(); // a string, since that is what goes into the answer
        _keys = keys;
        _maxSize = maxSize;
        _writer = new EnvelopeWriter(_pipe.Writer, keys, KeySchedule.LinkProof(linkKey));
        _intake = ReceiveAsync(intake, aborted);
    }

    /// <summary>What follows is the content of this file; the problem where there are too many names.</summary>
    public Problem? BeginFile(string name, string type) =>
        _writer.TryBeginFile(name, type) ? null : Problems.ManifestTooLarge;

    /// <summary>Seals all of <paramref name="content"/>; the problem where it is too much.</summary>
    public async Task<Problem?> WriteAsync(Stream content, CancellationToken cancellationToken)
    {
        while (await content.ReadAsync(_writer.GetMemory(), cancellationToken) is var read and not 0)
        {
            if (_writer.ContentLength + read > _maxSize)
                return Problems.TooLarge;
            if (!await _writer.AdvanceAsync(read, cancellationToken) || _intake.IsCompleted)
            {
                // The intake has failed and says why: nobody is to go on sending what is sealed to nowhere.
                await _intake;
                throw new InvalidOperationException("The intake ends before the envelope does only where it fails.");
            }
        }
        return null;
    }

    /// <summary>The last record, the footer, the share; or the problem.</summary>
    public async Task<(SealedShare? Share, Problem? Problem)> PublishAsync(
        bool text, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (!await _writer.TryCompleteAsync(text, cancellationToken))
            return (null, Problems.ManifestTooLarge);
        await _pipe.Writer.CompleteAsync();
        await using var received = await _intake;
        if (received.Outcome != IntakeOutcome.Received)
            throw new InvalidOperationException("What the server seals is a whole envelope within its own limit.");
        var receiptToken = ReceiptToken.Create();
        return await received.PublishAsync(receiptToken, lifetime, cancellationToken) is { } expiresAt
            ? (new SealedShare(received.Id, _linkKey, receiptToken, expiresAt, _keys.Header.Kdf != Kdf.None), null)
            : (null, Problems.StorageFull);
    }

    /// <summary>Unpublished, it leaves nothing behind.</summary>
    public async ValueTask DisposeAsync()
    {
        // No error where the pipe has been completed; else the intake ends with this one and deletes what it wrote.
        await _pipe.Writer.CompleteAsync(new OperationCanceledException("The upload was not completed."));
        try
        {
            await (await _intake).DisposeAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException
            or StoreUnavailableException or StorageFullException)
        {
            // Whoever awaited the intake knows; whoever did not has refused the upload for a reason of its own.
        }
        finally
        {
            _writer.Dispose();
            _keys.Dispose();
        }
    }

    private async Task<ReceivedEnvelope> ReceiveAsync(EnvelopeIntake intake, CancellationToken aborted)
    {
        try
        {
            return await intake.ReceiveAsync(_pipe.Reader, aborted);
        }
        finally
        {
            await _pipe.Reader.CompleteAsync();
        }
    }
}

/// <summary>What the server answers of a secret that it has sealed, and keeps no part of.</summary>
/// <param name="Id">The share.</param>
/// <param name="LinkKey">For the link's fragment.</param>
/// <param name="ReceiptToken">For the receipt link's fragment.</param>
/// <param name="ExpiresAt">When its timer runs out.</param>
/// <param name="HasPassphrase">Whether taking it needs one.</param>
internal sealed record SealedShare(
    ShareId Id, string LinkKey, ReceiptToken ReceiptToken, DateTimeOffset ExpiresAt, bool HasPassphrase)
{
    public override string ToString() => nameof(SealedShare); // the record's own would print the key
}
