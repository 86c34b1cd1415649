using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>The same envelopes without a server: as files, or whatever else a stream leads to.</summary>
public static class Sealed
{
    /// <summary>Seals files into an envelope; the key that opens it, which is the caller's to dispose.</summary>
    /// <param name="files">At least one.</param>
    /// <param name="options">What concerns a server is ignored.</param>
    /// <param name="destination">Is worth nothing unless this ends with a key.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Answer<LinkKey>> WriteAsync(
        IReadOnlyList<SecretFile> files,
        CreateOptions options,
        Stream destination,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        ArgumentNullException.ThrowIfNull(options);
        await using var sealing = new Sealing(files, options, cancellationToken);
        if (!sealing.Begin().Is(out var envelope, out var refusal))
            return refusal;
        try
        {
            await envelope.CopyToAsync(destination, cancellationToken);
            return sealing.LinkKey;
        }
        catch (IOException)
        {
            sealing.ThrowIfFailed();
            if (sealing.Refusal is null)
                throw;
            return sealing.Refusal;
        }
    }

    /// <summary>Brings the content of an opened envelope; null where all of it is there, verified.</summary>
    /// <param name="envelope">From its start.</param>
    /// <param name="open">Is asked for a stream at the start of each file.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static Task<EnvelopeFailure?> ReadAsync(
        EnvelopeReader envelope, OpenFileAsync open, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return new Delivery(envelope.Manifest, open, progress: null)
            .RunAsync(envelope.Content, from: 0, cancellationToken);
    }
}
