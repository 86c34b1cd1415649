using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

internal sealed record HealthAnswer(string Status);

/// <summary>
/// Whether this process lives, and whether its stores can be written; the latter asked every 10 s at most.
/// </summary>
internal sealed class Health(IShareStore store, IBlobStore blobs, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1);
    private bool _ready;
    private DateTimeOffset _askAgain = DateTimeOffset.MinValue;

    public static void Map(IEndpointRouteBuilder app)
    {
        string[] getAndHead = [HttpMethods.Get, HttpMethods.Head];
        app.MapMethods("/health/live", getAndHead, () => TypedResults.Ok(new HealthAnswer("live")));
        app.MapMethods("/health/ready", getAndHead, AnswerAsync);
        app.MapMethods("/health", getAndHead, AnswerAsync);
    }

    public void Dispose() => _asking.Dispose();

    private static async Task<Results<Ok<HealthAnswer>, Problem>> AnswerAsync(
        Health health, CancellationToken aborted) =>
        await health.IsReadyAsync(aborted) ? TypedResults.Ok(new HealthAnswer("ready")) : Problems.Unavailable;

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (time.GetUtcNow() < _askAgain)
                return _ready;
            _ready = await AskAsync(cancellationToken);
            _askAgain = time.GetUtcNow() + Remembered;
            return _ready;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(store.CheckAsync(cancellationToken), blobs.CheckAsync(cancellationToken))
                .WaitAsync(Patience, time, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception
            is StoreUnavailableException or StorageFullException or TimeoutException)
        {
            return false;
        }
    }
}
