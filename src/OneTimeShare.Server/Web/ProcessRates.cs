using System.Net;

namespace OneTimeShare.Server.Web;

/// <summary>
/// Counts what each network asks for in fixed windows, in this process alone. It remembers the networks of open windows
/// and no others.
/// </summary>
internal sealed class ProcessRates(TimeProvider time)
{
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Policy, IPNetwork Network), Window> _windows = [];
    private DateTimeOffset _purge = time.GetUtcNow() + PurgeInterval;

    public Task<(long Count, TimeSpan Left)> CountAsync(string policy, IPNetwork network, TimeSpan window)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now >= _purge)
                Purge(now);
            var open = _windows.GetValueOrDefault((policy, network));
            open = now < open.End ? open with { Count = open.Count + 1 } : new Window(1, now + window);
            _windows[(policy, network)] = open;
            return Task.FromResult((open.Count, open.End - now));
        }
    }

    private void Purge(DateTimeOffset now)
    {
        foreach (var (network, window) in _windows)
        {
            if (window.End <= now)
                _windows.Remove(network);
        }
        _purge = now + PurgeInterval;
    }

    private readonly record struct Window(long Count, DateTimeOffset End);
}
