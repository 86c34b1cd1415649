using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>
/// All that a share store promises, whatever it keeps shares in. A backend inherits it, and says how to get at the
/// shares, how to let time pass, and where to look for bytes that should be gone.
/// </summary>
public abstract partial class ShareStoreContract : IAsyncDisposable
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly List<IShareStore> _opened = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Another way to the same shares, as another process would have it.</summary>
    private protected abstract IShareStore Open(ShareOptions options);

    /// <summary>Lets time pass for all stores.</summary>
    private protected abstract ValueTask AdvanceAsync(TimeSpan time);

    /// <summary>All that the stores have written and that is still there, wherever it is.</summary>
    private protected abstract byte[] ReadRaw();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAllAsync();
        GC.SuppressFinalize(this);
    }

    private IShareStore Start(ShareOptions? options = null)
    {
        var store = Open(options ?? new ShareOptions());
        _opened.Add(store);
        return store;
    }

    private async ValueTask CloseAllAsync()
    {
        foreach (var store in _opened)
        {
            if (store is IAsyncDisposable later)
                await later.DisposeAsync();
            else if (store is IDisposable now)
                now.Dispose();
        }

        _opened.Clear();
    }

    private static async Task<ShareSample> PublishAsync(IShareStore store, ShareSample share)
    {
        Assert.NotNull(await store.PublishAsync(share.New, Cancel));
        return share;
    }

    private static Task<ShareSample> PublishAsync(IShareStore store) =>
        PublishAsync(store, ShareSample.OfOneRecord());

    private static async Task<Verifier> ClaimAsync(IShareStore store, ShareSample share)
    {
        var token = ShareSample.RandomVerifier();
        Assert.Equal(CheckOutcome.Passed, (await store.ClaimAsync(share.Id, share.Shown(token), Cancel)).Check.Outcome);
        return token;
    }

    private static async Task<Receipt> ReceiptAsync(IShareStore store, ShareSample share)
    {
        var receipt = await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel);
        Assert.NotNull(receipt);
        return receipt;
    }

    private static Task<Claim> ClaimAnewAsync(IShareStore store, ShareSample share) =>
        store.ClaimAsync(share.Id, share.Shown(ShareSample.RandomVerifier()), Cancel);

    /// <summary>Sweeps as the sweeper does, until there is nothing left to do.</summary>
    private static async Task<IReadOnlyList<ShareId>> SweepAllAsync(IShareStore store)
    {
        var all = new List<ShareId>();
        while (await store.SweepAsync(Cancel) is { Count: > 0 } ids)
        {
            all.AddRange(ids);
            await store.FreedAsync(ids, Cancel);
        }

        return all;
    }

    /// <summary>Begins all calls before any has ended.</summary>
    private static async Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = Enumerable.Range(0, count).Select(async number =>
        {
            await gate.Task;
            return await call(number);
        }).ToArray();
        gate.SetResult();
        return await Task.WhenAll(calls);
    }
}
