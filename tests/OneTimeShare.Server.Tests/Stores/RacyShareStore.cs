using System.Collections.Concurrent;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>
/// What must not pass: it looks, and then it takes, and lets others in between. It does no more than what the suite
/// needs to find that out.
/// </summary>
internal sealed class RacyShareStore : IShareStore
{
    private static readonly DateTimeOffset Later = DateTimeOffset.MaxValue;

    private readonly ConcurrentDictionary<ShareId, NewShare> _shares = new();
    private readonly ConcurrentDictionary<ShareId, Verifier> _claims = new();

    public Task<DateTimeOffset?> PublishAsync(NewShare share, CancellationToken cancellationToken)
    {
        _shares[share.Id] = share;
        return Task.FromResult<DateTimeOffset?>(Later);
    }

    public async Task<Claim> ClaimAsync(ShareId id, Shown shown, CancellationToken cancellationToken)
    {
        bool claimed = _claims.ContainsKey(id);
        await Task.Yield();
        if (claimed)
            return new Claim(new Check(CheckOutcome.Ended, new Ending(ShareState.Claimed, Later)));
        _claims[id] = shown.ClaimToken!.Value;
        var share = _shares[id];
        return new Claim(
            new Check(CheckOutcome.Passed),
            Manifest: share.Footer.Manifest,
            LeaseUntil: Later,
            Content: new ClaimedContent(id, share.Size, share.Records));
    }

    public Task<Delivery> DeliverAsync(ShareId id, Verifier claimToken, CancellationToken cancellationToken) =>
        Task.FromResult(_claims[id] == claimToken
            ? new Delivery(DeliveryOutcome.Claimed, Content: new ClaimedContent(id, 0, []))
            : new Delivery(DeliveryOutcome.NotFound));

    public Task<Preview> PreviewAsync(
        ShareId id, Verifier link, Verifier? claimToken, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Unlock> UnlockAsync(ShareId id, Shown shown, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ShortenLeaseAsync(
        ShareId id, Verifier claimToken, TimeSpan lease, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<EndOutcome> EndAsync(ShareId id, Verifier token, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Receipt?> ReadReceiptAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> AllowAttemptsAsync(ShareId id, Verifier receiptToken, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ShareId>> SweepAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task FreedAsync(IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task ScrubAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ShareId>> FindOrphansAsync(
        IReadOnlyList<ShareId> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> ReadStorageUsedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
