using System.Security.Cryptography;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>Where a recipient wants a file's bytes.</summary>
/// <param name="file">Its place in the manifest.</param>
/// <param name="from">The first byte of it that comes: more than 0 only where a delivery goes on.</param>
/// <param name="cancellationToken">Ends it early.</param>
/// <returns>A stream at that byte; disposed once the file is complete, or when the delivery ends.</returns>
public delegate ValueTask<Stream> OpenFileAsync(int file, long from, CancellationToken cancellationToken);

/// <summary>Opens the content of a claimed share into the streams of whoever takes it.</summary>
internal sealed class Delivery(Manifest manifest, OpenFileAsync open, IProgress<TransferProgress>? progress)
{
    private readonly long _total = manifest.ContentLength;
    private Stream? _stream;
    private int _file;
    private long _at;

    /// <summary>Null where all of it is there, verified to its last byte; or why it is not.</summary>
    public async Task<EnvelopeFailure?> RunAsync(ContentReader content, long from, CancellationToken cancellationToken)
    {
        var room = new byte[ContentReader.RoomFor(manifest)];
        try
        {
            await BeginAsync(from, cancellationToken);
            long delivered = from;
            while (true)
            {
                var piece = await content.ReadAsync(room, cancellationToken);
                if (piece.Failure is { } failure)
                    return failure;
                if (piece.Bytes.IsEmpty)
                    break;
                await WriteAsync(piece.Bytes, cancellationToken);
                delivered += piece.Bytes.Length;
                progress?.Report(new TransferProgress(delivered, _total));
            }
            await EndFilesAsync(cancellationToken);
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(room);
            if (_stream is not null)
                await _stream.DisposeAsync();
        }
    }

    private async Task BeginAsync(long from, CancellationToken cancellationToken)
    {
        _at = from;
        while (_file < manifest.Files.Length && _at > manifest.Files[_file].Size)
            _at -= manifest.Files[_file++].Size;
        await OpenAsync(cancellationToken);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            await EndFilesAsync(cancellationToken);
            int length = (int)Math.Min(bytes.Length, manifest.Files[_file].Size - _at);
            await _stream!.WriteAsync(bytes[..length], cancellationToken);
            _at += length;
            bytes = bytes[length..];
        }
    }

    /// <summary>Goes on to the next file as long as the one before is full, through those that are empty.</summary>
    private async Task EndFilesAsync(CancellationToken cancellationToken)
    {
        while (_file < manifest.Files.Length && _at == manifest.Files[_file].Size)
        {
            var full = _stream;
            _stream = null;
            await full!.FlushAsync(cancellationToken);
            await full.DisposeAsync();
            (_file, _at) = (_file + 1, 0);
            await OpenAsync(cancellationToken);
        }
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_file < manifest.Files.Length)
            _stream = await open(_file, _at, cancellationToken);
    }
}
