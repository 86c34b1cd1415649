using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>What a link, and a passphrase where there is one, derive for a share. Disposing zeroes it.</summary>
public sealed class ShareKeys : IDisposable
{
    private ShareKeys(Uri server, ShareId id, LinkProof linkProof, KeySchedule schedule) =>
        (Server, Id, LinkProof, Schedule) = (server, id, linkProof, schedule);

    internal Uri Server { get; }

    internal ShareId Id { get; }

    internal LinkProof LinkProof { get; }

    internal KeySchedule Schedule { get; }

    /// <summary>Derives them; with a passphrase this takes 64 MiB and about 100 ms.</summary>
    /// <param name="link">The share's.</param>
    /// <param name="header">Of its envelope, as a preview has it.</param>
    /// <param name="passphrase">Ignored where the envelope has none.</param>
    /// <exception cref="ArgumentException">The header wants a passphrase, and there is none.</exception>
    public static ShareKeys Derive(ShareLink link, EnvelopeHeader header, Passphrase? passphrase)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(header);
        return new ShareKeys(
            link.Server,
            link.Id,
            KeySchedule.LinkProof(link.LinkKey),
            KeySchedule.Derive(link.LinkKey, header, header.Kdf == Kdf.None ? null : passphrase));
    }

    /// <inheritdoc/>
    public void Dispose() => Schedule.Dispose();
}
