using System.Threading.RateLimiting;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// Derives keys, and where that takes Argon2id's 64 MiB and tenth of a second, at most half the cores at once, with
/// sixteen waiting: a flood of passphrases must not take the server down.
/// </summary>
internal sealed class Argon2Gate : IDisposable
{
    private const int Waiting = 16;

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Math.Max(1, Environment.ProcessorCount / 2),
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <returns>Null where too many are waiting.</returns>
    public async ValueTask<KeySchedule?> DeriveAsync(
        LinkKey linkKey, EnvelopeHeader header, Passphrase? passphrase, CancellationToken cancellationToken)
    {
        if (passphrase is null)
            return KeySchedule.Derive(linkKey, header, null);
        using var permit = await _limiter.AcquireAsync(1, cancellationToken);
        return permit.IsAcquired
            ? await Task.Run(() => KeySchedule.Derive(linkKey, header, passphrase), CancellationToken.None)
            : null;
    }

    public void Dispose() => _limiter.Dispose();
}
