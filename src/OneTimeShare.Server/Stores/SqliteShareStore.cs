using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Shares in one SQLite file, for one machine. What writes goes through one writer, which commits in groups; what
/// reads goes beside it. Every condition is in a statement of the transaction that relies on it, so that any number
/// of processes may use one folder.
/// </summary>
internal sealed class SqliteShareStore : IShareStore, IDisposable
{
    /// <summary>Several shares' worth of free pages: enough for those that are being written at the moment.</summary>
    private const long LeastFreeBytes = 1 << 20;

    private readonly string _folder;
    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    // What ended before this process began may be in the log still.
    private long _ends = 1;
    private long _scrubbedEnds;

    public SqliteShareStore(string folder, ShareOptions options, TimeProvider time)
    {
        _folder = folder;
        _database = new SqliteDatabase(folder);
        _writer = new SqliteWriter(_database, options, time);
        _readers = new SqliteReaders(_database, options, time);
    }

    public async Task<DateTimeOffset?> PublishAsync(NewShare share, CancellationToken cancellationToken)
    {
        // What ended shares held is free within the file, and used again before the file grows.
        if (DiskReserve.IsReached(_folder)
            && await _readers.ReadAsync(reads => reads.FreeBytes(), cancellationToken) < LeastFreeBytes)
            throw new StorageFullException("There is no room left for shares.db but what ending shares needs.");
        return await _writer.RunAsync(acts => acts.Publishing.Publish(share, acts.Now), cancellationToken);
    }

    public Task<Preview> PreviewAsync(
        ShareId id, Verifier link, Verifier? claimToken, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Preview(id, link, claimToken), cancellationToken);

    public Task<Unlock> UnlockAsync(ShareId id, Shown shown, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Claims.Unlock(id, shown, acts.Now), cancellationToken);

    public Task<Claim> ClaimAsync(ShareId id, Shown shown, CancellationToken cancellationToken)
    {
        if (shown.ClaimToken is null)
            throw new ArgumentException("Nobody claims without a token.", nameof(shown));
        return _writer.RunAsync(acts => acts.Claims.Claim(id, shown, acts.Now), cancellationToken);
    }

    public Task<Delivery> DeliverAsync(ShareId id, Verifier claimToken, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Deliver(id, claimToken), cancellationToken);

    public Task ShortenLeaseAsync(
        ShareId id, Verifier claimToken, TimeSpan lease, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Claims.ShortenLease(id, claimToken, lease, acts.Now), cancellationToken);

    public async Task<EndOutcome> EndAsync(ShareId id, Verifier token, CancellationToken cancellationToken)
    {
        var outcome = await _writer.RunAsync(acts => acts.Ends.End(id, token, acts.Now), cancellationToken);
        if (outcome is EndOutcome.Ended)
            Interlocked.Increment(ref _ends);
        return outcome;
    }

    public Task<Receipt?> ReadReceiptAsync(
        ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Receipt(id, receiptToken), cancellationToken);

    public Task<bool> AllowAttemptsAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Claims.AllowAttempts(id, receiptToken), cancellationToken);

    public async Task<IReadOnlyList<ShareId>> SweepAsync(CancellationToken cancellationToken)
    {
        // A batch at a time, so that callers are served in between.
        while (true)
        {
            var (withBlobs, swept, done) = await _writer.RunAsync(acts => acts.Ends.Sweep(acts.Now), cancellationToken);
            Interlocked.Add(ref _ends, swept);
            if (done || withBlobs.Count > 0)
                return withBlobs;
        }
    }

    public Task FreedAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Ends.Freed(ids), cancellationToken);

    public async Task ScrubAsync(CancellationToken cancellationToken)
    {
        long ends = Interlocked.Read(ref _ends);
        if (ends == _scrubbedEnds)
            return;
        if (await Task.Run(_database.TryTruncateLog, cancellationToken))
            _scrubbedEnds = ends;
    }

    public Task<IReadOnlyList<ShareId>> FindOrphansAsync(
        IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Orphans(ids), cancellationToken);

    public Task<long> ReadStorageUsedAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.StorageUsed(), cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        long written = await _writer.RunAsync(acts => acts.Publishing.CountCheck(), cancellationToken);
        if (await _readers.ReadAsync(reads => reads.Checks(), cancellationToken) < written)
            throw new StoreUnavailableException("shares.db does not give back what was written to it.");
    }

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }
}
