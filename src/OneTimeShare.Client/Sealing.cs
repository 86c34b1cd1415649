using System.IO.Pipelines;
using System.Runtime.ExceptionServices;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>
/// Seals files, under a link key of their own, while somebody else reads the sealed bytes: an envelope that is whole,
/// or breaks off with an exception where the files cannot be read to their ends.
/// </summary>
internal sealed class Sealing : IAsyncDisposable
{
    private const int Ahead = 64 * Records.SealedLength;

    private readonly IReadOnlyList<SecretFile> _files;
    private readonly CreateOptions _options;
    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: Ahead, resumeWriterThreshold: Ahead / 2, useSynchronizationContext: false,
        pool: new Blocks(), minimumSegmentSize: 4 * Records.SealedLength));
    private readonly CancellationTokenSource _end;
    private readonly KeySchedule _keys;
    private Task _sealing = Task.CompletedTask;
    private ExceptionDispatchInfo? _failure;

    public Sealing(IReadOnlyList<SecretFile> files, CreateOptions options, CancellationToken cancellationToken)
    {
        _files = files;
        _options = options;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _keys = KeySchedule.Derive(
            LinkKey, EnvelopeHeader.Create(options.Passphrase is null ? Kdf.None : Kdf.Argon2id), options.Passphrase);
    }

    /// <summary>The caller's, once it is shared; not disposed here.</summary>
    public LinkKey LinkKey { get; } = LinkKey.Create();

    /// <summary>Of the whole envelope, where all sizes are known.</summary>
    public long? EnvelopeLength { get; private set; }

    /// <summary>Why it broke off.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Begins; the sealed bytes, or why there will be none.</summary>
    public Answer<PipeReader> Begin()
    {
        if (!TryMeasure())
            return new Refusal(RefusalKind.ManifestTooLarge);
        _sealing = Task.Run(SealAsync);
        return _pipe.Reader;
    }

    /// <summary>Throws what the files threw, which is not the network's.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _pipe.Reader.CompleteAsync();
        await _sealing;
        _keys.Dispose();
        _end.Dispose();
    }

    private bool TryMeasure()
    {
        // A size that is not known is written with as many digits as any can have.
        var manifest = new Manifest(
            [.. _files.Select(file => new ManifestFile(file.Name, file.Type, file.Size ?? Padding.MaxLength))],
            _options.Text);
        if (!manifest.TryEncode(out var encoded))
            return false;
        if (_files.All(file => file.Size is not null))
        {
            EnvelopeLength = EnvelopeHeader.Length + Records.SealedLengthOf(manifest.ContentLength)
                + EnvelopeFooter.MinLength - Manifest.LengthStep + encoded.Length;
        }
        return true;
    }

    // Never throws: what goes wrong is the reader's to find, and then the caller's.
    private async Task SealAsync()
    {
        try
        {
            using var writer = new EnvelopeWriter(_pipe.Writer, _keys, KeySchedule.LinkProof(LinkKey));
            foreach (var file in _files)
            {
                if (!await SealAsync(writer, file))
                    throw new BrokenOffException();
            }
            if (!await writer.TryCompleteAsync(_options.Text, _end.Token))
                Refuse(RefusalKind.ManifestTooLarge);
            await _pipe.Writer.CompleteAsync();
        }
        catch (Exception failure)
        {
            if (failure is not BrokenOffException && !_end.IsCancellationRequested)
                _failure = ExceptionDispatchInfo.Capture(failure);
            await _pipe.Writer.CompleteAsync(new BrokenOffException());
        }
    }

    private async Task<bool> SealAsync(EnvelopeWriter writer, SecretFile file)
    {
        if (!writer.TryBeginFile(file.Name, file.Type))
            Refuse(RefusalKind.ManifestTooLarge);
        await using var content = await file.OpenAsync(_end.Token);
        long length = 0;
        while (await content.ReadAsync(writer.GetMemory(), _end.Token) is var read and > 0)
        {
            length += read;
            if (length > file.Size)
                Refuse(RefusalKind.FileChanged);
            if (writer.ContentLength + read > Math.Min(_options.MaxSize, Padding.MaxLength))
                Refuse(RefusalKind.TooLarge);
            if (!await writer.AdvanceAsync(read, _end.Token))
                return false;
        }
        if (length < file.Size)
            Refuse(RefusalKind.FileChanged);
        return true;
    }

    private void Refuse(RefusalKind kind)
    {
        Refusal = new Refusal(kind);
        throw new BrokenOffException();
    }

    /// <summary>What the reader of the sealed bytes sees; why, this object knows.</summary>
    private sealed class BrokenOffException : IOException;
}
