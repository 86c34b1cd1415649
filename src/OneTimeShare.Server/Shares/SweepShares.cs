using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Frees what ended shares still hold: at start, then every minute. Blobs that no share holds, left by a process that
/// died in the middle of an upload, are looked for at start and once an hour.
/// </summary>
internal sealed partial class SweepShares(
    IShareStore store, IBlobStore blobs, TimeProvider time, ILogger<SweepShares> logger) : BackgroundService
{
    private const int SweepsPerOrphanSearch = 60;
    private const int OrphanBatch = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>An unfinished upload is written to at least this often.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>Frees all that has ended by now.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        while (await store.SweepAsync(cancellationToken) is { Count: > 0 } ended)
        {
            foreach (var id in ended)
                await blobs.DeleteAsync(id, cancellationToken);
            await store.FreedAsync(ended, cancellationToken);
        }
        await store.ScrubAsync(cancellationToken);
    }

    /// <summary>Deletes the blobs that no live share holds and nobody has written to for an hour.</summary>
    public async Task DeleteOrphansAsync(CancellationToken cancellationToken)
    {
        var batch = new List<ShareId>(OrphanBatch);
        await foreach (var id in blobs.ListAsync(time.GetUtcNow() - OrphanAge, cancellationToken))
        {
            batch.Add(id);
            if (batch.Count == OrphanBatch)
                await DeleteOrphansAsync(batch, cancellationToken);
        }
        await DeleteOrphansAsync(batch, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await SweepForEverAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends, or has never begun, its address being taken: nothing that a log should call a failure.
        }
    }

    private async Task SweepForEverAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        int sweeps = 0;
        do
        {
            try
            {
                await SweepAsync(stoppingToken);
                if (sweeps++ % SweepsPerOrphanSearch == 0)
                    await DeleteOrphansAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is StoreUnavailableException or StorageFullException)
            {
                LogPutOff(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteOrphansAsync(List<ShareId> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return;
        foreach (var id in await store.FindOrphansAsync(batch, cancellationToken))
            await blobs.DeleteAsync(id, cancellationToken);
        batch.Clear();
    }

    [LoggerMessage(LogLevel.Warning, "The sweep is put off to the next minute: {Reason}")]
    private partial void LogPutOff(string reason);
}
