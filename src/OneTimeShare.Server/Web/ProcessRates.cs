using System.Net;

namespace OneTimeShare.Server.Web;

/// <summary>
/// Counts what each network asks for in fixed windows, in this process alone. It remembers the networks of open windows
/// and no others, and of those no more than <see cref="MaxWindows"/>.
/// </summary>
internal sealed class ProcessRates(TimeProvider time)
{
    /// <summary>
    /// Some 10 MB. Whoever has more networks than that, which is little in IPv6, could fill the memory with them: those
    /// that are new beyond it are counted together until windows have ended.
    /// </summary>
    internal const int MaxWindows = 100_000;

    private static readonly IPNetwork Others = IPNetwork.Parse("::/0");
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
            var key = (policy, network);
            if (_windows.Count >= MaxWindows && !_windows.ContainsKey(key))
                key = (policy, Others);
            var open = _windows.GetValueOrDefault(key);
            open = now < open.End ? open with { Count = open.Count + 1 } : new Window(1, now + window);
            _windows[key] = open;
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
