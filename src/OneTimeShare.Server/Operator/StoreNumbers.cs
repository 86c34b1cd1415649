using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Operator;

/// <summary>What the store says of all shares, asked every ten seconds at most where somebody wants it.</summary>
internal sealed class StoreNumbers(IOperatorStore store, IShareStore shares, ShareOptions options, TimeProvider time)
    : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile Numbers? _latest;

    /// <summary>The latest that there are, which may be none; newer ones are asked for.</summary>
    public Numbers? Latest
    {
        get
        {
            if (!IsFresh(_latest))
                _ = Task.Run(() => ReadAsync(CancellationToken.None));
            return _latest;
        }
    }

    /// <summary>Null where the store does not answer.</summary>
    public async Task<Numbers?> ReadAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(_latest))
            return _latest;
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (!IsFresh(_latest))
                _latest = await AskAsync(cancellationToken);
            return _latest;
        }
        catch (StoreUnavailableException)
        {
            return _latest = null;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private async Task<Numbers> AskAsync(CancellationToken cancellationToken)
    {
        var counted = await store.ReadCountsAsync(cancellationToken);
        long used = await shares.ReadStorageUsedAsync(cancellationToken);
        return new Numbers(counted.Total, used, options.MaxStorage, time.GetTimestamp());
    }

    private bool IsFresh(Numbers? numbers) =>
        numbers is not null && time.GetElapsedTime(numbers.AskedAt) < Remembered;

    /// <param name="Total">Since the store was made.</param>
    /// <param name="StorageUsed">In bytes.</param>
    /// <param name="StorageMax">Null where there is no limit but the disk's.</param>
    /// <param name="AskedAt">By the clock that measures.</param>
    internal sealed record Numbers(ShareCounts Total, long StorageUsed, long? StorageMax, long AskedAt);
}
