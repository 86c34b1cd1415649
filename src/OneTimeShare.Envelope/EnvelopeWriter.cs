using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// Seals a secret in one pass, without knowing its length, in memory that does not depend on it. For each file
/// <see cref="TryBeginFile"/>, then <see cref="GetMemory"/>, fill, <see cref="AdvanceAsync"/> until it is all in; at
/// the end <see cref="TryCompleteAsync"/>. What is written before that is worth nothing without the footer.
/// </summary>
public sealed class EnvelopeWriter : IDisposable
{
    private readonly PipeWriter _destination;
    private readonly KeySchedule _keys;
    private readonly Verifier _linkVerifier;
    private readonly RecordWriter _records;
    private readonly ImmutableArray<ManifestFile>.Builder _files = ImmutableArray.CreateBuilder<ManifestFile>();
    private byte[] _record = new byte[Records.ContentLength];
    private byte[] _next = [];
    private int _filled;
    private int _leastManifestLength;
    private bool _complete;

    /// <summary>Begins an envelope. It never completes <paramref name="destination"/>.</summary>
    /// <param name="destination">Where header, records and footer go; flushed once a record.</param>
    /// <param name="keys">Under a new header (<see cref="EnvelopeHeader.Create"/>), for this envelope only.</param>
    /// <param name="linkProof">Of the same link key.</param>
    /// <exception cref="InvalidOperationException">The header was read, or has sealed an envelope already.</exception>
    public EnvelopeWriter(PipeWriter destination, KeySchedule keys, LinkProof linkProof)
    {
        keys.Header.BeginSealing();
        _destination = destination;
        _keys = keys;
        _linkVerifier = linkProof.Verifier;
        _records = new RecordWriter(keys);
        keys.Header.Bytes.CopyTo(destination.GetSpan(EnvelopeHeader.Length));
        destination.Advance(EnvelopeHeader.Length);
    }

    /// <summary>The sum of the files' bytes so far.</summary>
    public long ContentLength { get; private set; }

    /// <summary>How many files have begun.</summary>
    public int FileCount => _files.Count;

    /// <summary>What follows is the content of this file.</summary>
    /// <returns>False, with nothing begun, where the names are more or longer than a manifest holds.</returns>
    /// <exception cref="ArgumentException">The name or the type is not valid Unicode.</exception>
    public bool TryBeginFile(string name, string type)
    {
        ThrowIfComplete();
        var file = new ManifestFile(name, type, 0);
        file.ThrowIfNotUnicode();
        // A bound on memory: what passes here may still turn out too long once it is JSON, at completion.
        const int LeastEntryLength = 31; // {"name":"","type":"","size":0},
        int leastLength = _leastManifestLength + LeastEntryLength + name.Length + type.Length;
        if (leastLength > Manifest.MaxLength)
            return false;
        _leastManifestLength = leastLength;
        _files.Add(file);
        return true;
    }

    /// <summary>Room for the next bytes of the file: at least one byte.</summary>
    public Memory<byte> GetMemory()
    {
        ThrowIfComplete();
        return Room();
    }

    private Memory<byte> Room()
    {
        if (_filled < Records.ContentLength)
            return _record.AsMemory(_filled);

        // Who asks for room may find that there is nothing to fill it with, and then the full record is the last: it
        // is sealed when more has come, which waits in a record of its own until then.
        if (_next.Length == 0)
            _next = new byte[Records.ContentLength];
        return _next;
    }

    /// <summary>Takes what was written to the start of <see cref="GetMemory"/>.</summary>
    /// <returns>
    /// False where a flush has found that nobody reads the destination any more; true does not say that somebody does,
    /// since a pipe without a reader may have nothing to flush.
    /// </returns>
    public async ValueTask<bool> AdvanceAsync(int count, CancellationToken cancellationToken = default)
    {
        if (_files.Count == 0 || _complete)
            throw new InvalidOperationException("No file has begun, or the envelope is complete.");
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int room = _filled < Records.ContentLength ? Records.ContentLength - _filled : _next.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, room);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ContentLength + count, Padding.MaxLength, nameof(count));
        Take(count);
        ContentLength += count;
        _files[^1] = _files[^1] with { Size = _files[^1].Size + count };
        return _destination.UnflushedBytes == 0 || !(await _destination.FlushAsync(cancellationToken)).IsCompleted;
    }

    /// <summary>Writes a whole stream as the content of the file.</summary>
    /// <returns>False where nobody reads the destination any more.</returns>
    public async ValueTask<bool> WriteAsync(Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        while (await content.ReadAsync(GetMemory(), cancellationToken) is var read and not 0)
        {
            if (!await AdvanceAsync(read, cancellationToken))
                return false;
        }
        return true;
    }

    /// <summary>Pads the content, seals the last record and writes the footer.</summary>
    /// <param name="text">Whether the secret is one typed text.</param>
    /// <param name="cancellationToken">Ends it early, the envelope then being worth nothing.</param>
    /// <returns>False, with no footer written, where the names are more or longer than a manifest holds.</returns>
    public async ValueTask<bool> TryCompleteAsync(bool text = false, CancellationToken cancellationToken = default)
    {
        ThrowIfComplete();
        if (_files.Count == 0)
            throw new InvalidOperationException("A secret has at least one file.");
        if (!new Manifest(_files.ToImmutable(), text).TryEncode(out var manifest))
            return false;

        // From here on nothing can be added, and nothing done again though it is ended early: what follows is padding,
        // and sealed under nonces that are used once.
        _complete = true;
        await PadAsync(cancellationToken);
        SealRecord(last: true);
        var footer = new EnvelopeFooter(
            SealedManifest.Seal(manifest, _keys), _linkVerifier, _keys.ClaimProof.Verifier);
        footer.WriteTo(_destination.GetSpan(footer.Length));
        _destination.Advance(footer.Length);
        await _destination.FlushAsync(cancellationToken);
        return true;
    }

    /// <summary>Zeroes what is left of the secret in memory.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_record);
        CryptographicOperations.ZeroMemory(_next);
        _records.Dispose();
    }

    private async ValueTask PadAsync(CancellationToken cancellationToken)
    {
        long padding = Padding.PaddedLength(ContentLength) - ContentLength;
        while (padding > 0)
        {
            var room = Room();
            int zeros = (int)Math.Min(room.Length, padding);
            room.Span[..zeros].Clear();
            Take(zeros);
            padding -= zeros;
            await _destination.FlushAsync(cancellationToken);
        }
    }

    private void Take(int count)
    {
        if (_filled == Records.ContentLength && count > 0)
        {
            SealRecord(last: false);
            (_record, _next) = (_next, _record);
        }
        _filled += count;
    }

    private void ThrowIfComplete()
    {
        if (_complete)
            throw new InvalidOperationException("The envelope is complete.");
    }

    private void SealRecord(bool last)
    {
        int length = _filled + Records.TagLength;
        _records.Seal(_record.AsSpan(0, _filled), last, _destination.GetSpan(length)[..length]);
        _destination.Advance(length);
        _filled = 0;
    }
}
