using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

internal sealed record HealthAnswer(string Status);

/// <summary>
/// Whether this process lives, and whether its stores can be written; the latter asked every 10 s at most.
/// </summary>
internal sealed partial class Health(IShareStore store, IBlobStore blobs, TimeProvider time, ILogger<Health> logger)
    : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _asking = new(1);
    private Task _check = Task.CompletedTask;
    private bool? _ready;
    private long _asked;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/health/live", Methods.GetAndHead, () => TypedResults.Ok(new HealthAnswer("live")));
        app.MapMethods("/health/ready", Methods.GetAndHead, AnswerAsync);
        app.MapMethods("/health", Methods.GetAndHead, AnswerAsync);
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
            if (_ready is { } remembered && time.GetElapsedTime(_asked) < Remembered)
                return remembered;
            bool ready = await AskAsync(cancellationToken);
            _asked = time.GetTimestamp();
            _ready = ready;
            return ready;
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        // One that hangs, with the disk, is not asked again: each would hold a thread.
        if (_check.IsCompleted)
            _check = CheckAsync();
        try
        {
            await _check.WaitAsync(Patience, time, cancellationToken);
            if (_ready == false)
                LogReady();
            return true;
        }
        catch (Exception exception) when (exception
            is StoreUnavailableException or StorageFullException or TimeoutException)
        {
            if (_ready != false)
                LogNotReady(exception is TimeoutException ? "a check takes too long" : exception.Message);
            return false;
        }
    }

    /// <summary>On threads of their own, since a disk that hangs holds whoever asks it.</summary>
    private Task CheckAsync() => Task.WhenAll(
        Task.Run(() => store.CheckAsync(CancellationToken.None)),
        Task.Run(() => blobs.CheckAsync(CancellationToken.None)));

    [LoggerMessage(LogLevel.Warning, "Not ready: {Reason}")]
    private partial void LogNotReady(string reason);

    [LoggerMessage(LogLevel.Information, "Ready again")]
    private partial void LogReady();
}
