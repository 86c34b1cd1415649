using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// Seals a secret in one pass, without knowing its length, in memory that does not depend on it. For each file
/// <see cref="BeginFile"/>, then <see cref="GetMemory"/>, fill, <see cref="AdvanceAsync"/> until it is all in; at
/// the end <see cref="TryCompleteAsync"/>. What is written before that is worth nothing without the footer.
/// </summary>
public sealed class EnvelopeWriter : IDisposable
{
    private readonly PipeWriter _destination;
    private readonly KeySchedule _keys;
    private readonly Verifier _linkVerifier;
    private readonly RecordWriter _records;
    private readonly ImmutableArray<ManifestFile>.Builder _files = ImmutableArray.CreateBuilder<ManifestFile>();
    private readonly byte[] _record = new byte[Records.ContentLength];
    private int _filled;

    /// <summary>Begins an envelope. It never completes <paramref name="destination"/>.</summary>
    /// <param name="destination">Where header, records and footer go; flushed once a record.</param>
    /// <param name="keys">Under a new header (<see cref="EnvelopeHeader.Create"/>), for this envelope only.</param>
    /// <param name="linkProof">Of the same link key.</param>
    public EnvelopeWriter(PipeWriter destination, KeySchedule keys, LinkProof linkProof)
    {
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
    /// <exception cref="ArgumentException">The name or the type is not valid Unicode: found at completion.</exception>
    public void BeginFile(string name, string type) => _files.Add(new ManifestFile(name, type, 0));

    /// <summary>Room for the next bytes of the file: at least one byte.</summary>
    public Memory<byte> GetMemory()
    {
        // A full record is sealed only when more is to come, since the last one is sealed as the last.
        if (_filled == Records.ContentLength)
            SealRecord(last: false);
        return _record.AsMemory(_filled);
    }

    /// <summary>Takes what was written to the start of <see cref="GetMemory"/>.</summary>
    /// <returns>False where nobody reads the destination any more.</returns>
    public async ValueTask<bool> AdvanceAsync(int count, CancellationToken cancellationToken = default)
    {
        _filled += count;
        ContentLength += count;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ContentLength, Padding.MaxLength);
        var file = _files[^1];
        _files[^1] = file with { Size = file.Size + count };
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
        if (!new Manifest(_files.ToImmutable(), text).TryEncode(out var manifest))
            return false;

        long padding = Padding.PaddedLength(ContentLength) - ContentLength;
        while (padding > 0)
        {
            var room = GetMemory();
            int zeros = (int)Math.Min(room.Length, padding);
            room.Span[..zeros].Clear();
            _filled += zeros;
            padding -= zeros;
            await _destination.FlushAsync(cancellationToken);
        }
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
        _records.Dispose();
    }

    private void SealRecord(bool last)
    {
        int length = _filled + Records.TagLength;
        _records.Seal(_record.AsSpan(0, _filled), last, _destination.GetSpan(length)[..length]);
        _destination.Advance(length);
        _filled = 0;
    }
}
