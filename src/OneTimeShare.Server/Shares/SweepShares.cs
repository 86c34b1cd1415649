using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>
/// Frees what ended shares still hold: at start, then every minute. Blobs that no share holds, left by a process that
/// died in the middle of an upload, are looked for at start and once an hour. What fails is put off, and the rest goes
/// on without it.
/// </summary>
internal sealed partial class SweepShares(
    IShareStore store, IBlobStore blobs, TimeProvider time, ILogger<SweepShares> logger) : BackgroundService
{
    private const int SweepsPerOrphanSearch = 60;
    private const int OrphanBatch = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Far longer than a blob that is not open any more waits for its row.</summary>
    private static readonly TimeSpan OrphanAge = TimeSpan.FromHours(1);

    /// <summary>Frees all that has ended by now.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await TryAsync(FreeAsync, cancellationToken);
        await TryAsync(store.ScrubAsync, cancellationToken);
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
            await SweepAsync(stoppingToken);
            if (sweeps++ % SweepsPerOrphanSearch == 0 && !await TryAsync(DeleteOrphansAsync, stoppingToken))
                sweeps = 0;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task FreeAsync(CancellationToken cancellationToken)
    {
        while (await store.SweepAsync(cancellationToken) is { Count: > 0 } ended)
        {
            var deleted = await DeleteAsync(ended, cancellationToken);
            if (deleted.Count == 0)
                return; // they would be answered again and again
            await store.FreedAsync(deleted, cancellationToken);
        }
    }

    private async Task DeleteOrphansAsync(List<ShareId> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 0)
            return;
        await DeleteAsync(await store.FindOrphansAsync(batch, cancellationToken), cancellationToken);
        batch.Clear();
    }

    /// <returns>Those that are deleted; the others have been tried.</returns>
    private async Task<List<ShareId>> DeleteAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken)
    {
        var deleted = new List<ShareId>(ids.Count);
        foreach (var id in ids)
        {
            if (await TryAsync(cancel => blobs.DeleteAsync(id, cancel), cancellationToken))
                deleted.Add(id);
        }
        return deleted;
    }

    private async Task<bool> TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StorageFullException)
        {
            LogPutOff(exception.Message);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, a server that deletes nothing any more is worse. Its message may quote what it is about.
            LogMistake(exception.GetType().Name);
        }
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The sweep is put off to the next minute: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(LogLevel.Error, "A mistake of ours: the sweep is put off to the next minute after {Type}")]
    private partial void LogMistake(string type);
}
