using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>
/// Shares and uploads in Redis, for any number of servers. Every condition is in the one script that makes the
/// transition, on the node that has the share, by that node's clock. A caller who leaves before an act is sent changes
/// nothing; afterwards it is done, whoever waits.
/// </summary>
internal sealed class RedisShareStore : IShareStore, IUploadStore, IOperatorStore, IDisposable
{
    private readonly RedisConnection _redis;
    private readonly RedisKeys _keys;
    private readonly RedisLedger _ledger;
    private readonly RedisGate _gate;
    private readonly RedisOverview _overview;
    private readonly RedisPublishing _publishing;
    private readonly RedisReads _reads;
    private readonly RedisClaims _claims;
    private readonly RedisEnds _ends;
    private readonly RedisUploads _uploads;
    private readonly RedisScrub _scrub;
    private readonly bool _unsafe;

    public RedisShareStore(RedisOptions redis, ShareOptions options, IClaimGate gate, TimeProvider time)
    {
        var keeping = new RedisKeeping(options);
        _unsafe = redis.Unsafe;
        _redis = new RedisConnection(redis);
        _keys = new RedisKeys(redis.Prefix);
        _ledger = new RedisLedger(_redis, _keys, options);
        _gate = new RedisGate(_redis, _keys, _ledger, keeping, options, gate);
        _overview = new RedisOverview(_redis, _keys);
        _publishing = new RedisPublishing(_redis, _keys, _ledger, _overview, keeping);
        _reads = new RedisReads(_redis, _keys, options);
        _claims = new RedisClaims(_redis, _keys, _ledger, _overview, _gate, keeping, options);
        Rates = new RedisRates(_redis, _keys);
        _scrub = new RedisScrub(_redis, _keys, _gate, time);
        _ends = new RedisEnds(_redis, _keys, _ledger, _overview, _gate, _scrub, options);
        _uploads = new RedisUploads(_redis, _keys, _ledger, _publishing, _scrub, options);
    }

    public RedisRates Rates { get; }

    /// <summary>Whether a claim passes the second gate.</summary>
    public bool IsGated => _gate.IsNeeded;

    /// <summary>
    /// To be called once, at start: refuses a Redis that would lose shares, and opens the gate where Redis loses
    /// nothing that it has acknowledged.
    /// </summary>
    public async Task BeginAsync()
    {
        var check = new RedisStartCheck(_redis);
        if (!_unsafe)
            await check.RefuseWhatLosesAsync();
        if (await check.ForgetsNothingAsync())
            _gate.Open();
        else
            await _gate.CheckAsync();
        await _gate.CheckIdentityAsync();
    }

    public Task<DateTimeOffset?> PublishAsync(NewShare share, CancellationToken cancellationToken) =>
        UnlessGone(() => _publishing.PublishAsync(share), cancellationToken);

    public Task<Preview> PreviewAsync(
        ShareId id, Verifier link, Verifier? claimToken, CancellationToken cancellationToken) =>
        UnlessGone(() => _reads.PreviewAsync(id, link, claimToken), cancellationToken);

    public Task<Unlock> UnlockAsync(ShareId id, Shown shown, CancellationToken cancellationToken) =>
        UnlessGone(() => _claims.UnlockAsync(id, shown), cancellationToken);

    public Task<Claim> ClaimAsync(ShareId id, Shown shown, CancellationToken cancellationToken)
    {
        var token = shown.ClaimToken ?? throw new ArgumentException("Nobody claims without a token.", nameof(shown));
        return UnlessGone(() => _claims.ClaimAsync(id, shown, token), cancellationToken);
    }

    public Task<Delivery> DeliverAsync(ShareId id, Verifier claimToken, CancellationToken cancellationToken) =>
        UnlessGone(() => _reads.DeliverAsync(id, claimToken), cancellationToken);

    public Task ShortenLeaseAsync(
        ShareId id, Verifier claimToken, TimeSpan lease, CancellationToken cancellationToken) =>
        UnlessGone(() => _claims.ShortenLeaseAsync(id, claimToken, lease), cancellationToken);

    public Task<EndOutcome> EndAsync(ShareId id, Verifier token, CancellationToken cancellationToken) =>
        UnlessGone(() => _ends.EndAsync(id, token), cancellationToken);

    public Task<Receipt?> ReadReceiptAsync(
        ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        UnlessGone(() => _reads.ReadReceiptAsync(id, receiptToken), cancellationToken);

    public Task<bool> AllowAttemptsAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        UnlessGone(() => _claims.AllowAttemptsAsync(id, receiptToken), cancellationToken);

    public Task<IReadOnlyList<ShareId>> SweepAsync(CancellationToken cancellationToken) =>
        UnlessGone(() => _ends.SweepAsync(), cancellationToken);

    public Task FreedAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        UnlessGone(() => _ends.FreedAsync(ids), cancellationToken);

    public Task ScrubAsync(CancellationToken cancellationToken) => _scrub.RunAsync(cancellationToken);

    public Task<IReadOnlyList<ShareId>> FindOrphansAsync(
        IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        UnlessGone(() => _reads.FindOrphansAsync(ids), cancellationToken);

    public Task<long> ReadStorageUsedAsync(CancellationToken cancellationToken) =>
        UnlessGone(() => _ledger.ReadUsedAsync(), cancellationToken);

    public Task<BegunUpload> BeginUploadAsync(NewUpload upload, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.BeginAsync(upload), cancellationToken);

    public Task<FoundUpload?> FindUploadAsync(
        ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.FindAsync(id, receiptToken), cancellationToken);

    public Task<TakenUpload> TakeUploadAsync(
        ShareId id, Verifier receiptToken, long offset, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.TakeAsync(id, receiptToken, offset), cancellationToken);

    public Task<DateTimeOffset?> AdvanceUploadAsync(
        ShareId id, long writer, long offset, byte[] head, byte[] tail, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.AdvanceAsync(id, writer, offset, head, tail), cancellationToken);

    public Task<DateTimeOffset?> PublishUploadAsync(
        long writer, NewShare share, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.PublishAsync(writer, share), cancellationToken);

    public Task<bool> EndUploadAsync(
        ShareId id, Verifier receiptToken, long? writer, CancellationToken cancellationToken) =>
        UnlessGone(() => _uploads.EndAsync(id, receiptToken, writer), cancellationToken);

    public Task<SharePage> ListAsync(long? from, int limit, CancellationToken cancellationToken) =>
        UnlessGone(() => _overview.PageAsync(from, limit), cancellationToken);

    public Task<ListedShare?> FindAsync(ShareId id, CancellationToken cancellationToken) =>
        UnlessGone(() => _overview.FindAsync(id), cancellationToken);

    public Task<CountedShares> ReadCountsAsync(CancellationToken cancellationToken) =>
        UnlessGone(() => _overview.ReadCountsAsync(), cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) =>
        UnlessGone(async () =>
        {
            await _gate.CheckIdentityAsync();
            long written = await _redis.IncrementAsync(_keys.Checks);
            return (long?)await _redis.ReadAsync(_keys.Checks) >= written
                ? written
                : throw new StoreUnavailableException("Redis does not give back what was written to it.");
        }, cancellationToken);

    public void Dispose() => _redis.Dispose();

    private static Task<T> UnlessGone<T>(Func<Task<T>> act, CancellationToken caller) =>
        caller.IsCancellationRequested ? Task.FromCanceled<T>(caller) : act();

    private static Task UnlessGone(Func<Task> act, CancellationToken caller) =>
        caller.IsCancellationRequested ? Task.FromCanceled(caller) : act();
}
