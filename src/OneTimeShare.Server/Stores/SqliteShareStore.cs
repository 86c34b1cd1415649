using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Shares and uploads in one SQLite file, for one machine. What writes goes through one writer, which commits in
/// groups; what reads goes beside it. Every condition is in a statement of the transaction that relies on it, so that
/// any number of processes may use one folder.
/// </summary>
internal sealed class SqliteShareStore : IShareStore, IUploadStore, IOperatorStore, IDisposable
{
    /// <summary>Several shares' worth of free pages: enough for those that are being written at the moment.</summary>
    private const long LeastFreeBytes = 1 << 20;

    private readonly DiskReserve _reserve;
    private readonly SqliteDatabase _database;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    // What ended before this process began may be in the log still.
    private long _ends = 1;
    private long _scrubbedEnds;
    private bool _disposed;

    public SqliteShareStore(string folder, ShareOptions options, TimeProvider time)
    {
        _reserve = new DiskReserve(folder);
        _database = new SqliteDatabase(folder);
        _writer = new SqliteWriter(_database, options, time);
        _readers = new SqliteReaders(_database, options, time);
    }

    public async Task<DateTimeOffset?> PublishAsync(NewShare share, CancellationToken cancellationToken)
    {
        // What ended shares held is free within the file, and used again before the file grows.
        if (_reserve.IsReached()
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
            var uploads = await _writer.RunAsync(acts => acts.Uploads.Sweep(acts.Now), cancellationToken);
            Interlocked.Add(ref _ends, swept + uploads.Count);
            if (done || withBlobs.Count + uploads.Count > 0)
                return [.. withBlobs, .. uploads];
        }
    }

    public Task FreedAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Ends.Freed(ids) + acts.Uploads.Freed(ids), cancellationToken);

    public Task<BegunUpload> BeginUploadAsync(NewUpload upload, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Uploads.Begin(upload, acts.Now), cancellationToken);

    public Task<FoundUpload?> FindUploadAsync(
        ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Upload(id, receiptToken), cancellationToken);

    public Task<TakenUpload> TakeUploadAsync(
        ShareId id, Verifier receiptToken, long offset, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Uploads.Take(id, receiptToken, offset, acts.Now), cancellationToken);

    public Task<DateTimeOffset?> AdvanceUploadAsync(
        ShareId id, long writer, long offset, byte[] head, byte[] tail, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Uploads.Advance(id, writer, offset, head, tail, acts.Now), cancellationToken);

    public Task<DateTimeOffset?> PublishUploadAsync(
        long writer, NewShare share, CancellationToken cancellationToken) =>
        _writer.RunAsync(acts => acts.Uploads.Publish(writer, share, acts.Now), cancellationToken);

    public async Task<bool> EndUploadAsync(
        ShareId id, Verifier receiptToken, long? writer, CancellationToken cancellationToken)
    {
        bool ended = await _writer.RunAsync(
            acts => acts.Uploads.End(id, receiptToken, writer, acts.Now), cancellationToken);
        if (ended)
            Interlocked.Increment(ref _ends);
        return ended;
    }

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

    public Task<SharePage> ListAsync(long? from, int limit, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Page(from, limit), cancellationToken);

    public Task<ListedShare?> FindAsync(ShareId id, CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Find(id), cancellationToken);

    public Task<CountedShares> ReadCountsAsync(CancellationToken cancellationToken) =>
        _readers.ReadAsync(reads => reads.Counts(), cancellationToken);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        long written = await _writer.RunAsync(acts => acts.Publishing.CountCheck(), cancellationToken);
        if (await _readers.ReadAsync(reads => reads.Checks(), cancellationToken) < written)
            throw new StoreUnavailableException("shares.db does not give back what was written to it.");
    }

    public void Dispose()
    {
        // Whoever knows it by both its interfaces may dispose it twice.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        _writer.Dispose();
        _readers.Dispose();
    }
}
