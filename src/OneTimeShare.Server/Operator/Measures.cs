using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OneTimeShare.Server.Operator;

/// <summary>
/// What this process has measured of its requests and connections, since it began. A request is known by its route's
/// name, its method and its status, and by nothing that it said.
/// </summary>
internal sealed class Measures : IDisposable
{
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 600];

    private readonly ConcurrentDictionary<RequestKind, Durations> _requests = new();
    private readonly MeterListener _listener = new();
    private long _activeRequests, _activeConnections, _rejectedConnections;

    public Measures(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Of this server alone, should there be another in the process.
            if (instrument.Meter.Scope == meters && instrument.Name is "http.server.request.duration"
                or "http.server.active_requests" or "kestrel.active_connections" or "kestrel.rejected_connections")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Record(seconds, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, change, _, _) =>
            Interlocked.Add(ref CounterOf(instrument.Name), change));
        _listener.Start();
    }

    public void Write(PrometheusText text)
    {
        text.Gauge("http_server_active_requests", "Requests under way", Interlocked.Read(ref _activeRequests));
        text.Gauge("kestrel_active_connections", "Open connections", Interlocked.Read(ref _activeConnections));
        text.Counter("kestrel_rejected_connections_total", "Connections beyond OTS_MAX_CONNECTIONS",
            Interlocked.Read(ref _rejectedConnections));
        text.BeginHistogram("http_server_request_duration_seconds", "How long requests took, by route");
        foreach (var (kind, durations) in _requests)
            durations.Write(text, kind);
    }

    public void Dispose() => _listener.Dispose();

    private void Record(double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string route = "", method = "";
        int status = 0;
        foreach (var tag in tags)
        {
            if (tag.Key == "http.route")
                route = tag.Value as string ?? "";
            else if (tag.Key == "http.request.method")
                method = tag.Value as string ?? "";
            else if (tag.Key == "http.response.status_code")
                status = tag.Value as int? ?? 0;
        }
        _requests.GetOrAdd(new RequestKind(route, method, status), _ => new Durations()).Add(seconds);
    }

    private ref long CounterOf(string name)
    {
        if (name == "http.server.active_requests")
            return ref _activeRequests;
        if (name == "kestrel.active_connections")
            return ref _activeConnections;
        return ref _rejectedConnections;
    }

    private readonly record struct RequestKind(string Route, string Method, int Status)
    {
        public (string, string)[] Labels =>
            [("http_route", Route), ("http_request_method", Method), ("http_response_status_code", $"{Status}")];
    }

    private sealed class Durations
    {
        private readonly long[] _counts = new long[Bounds.Length + 1];
        private double _sum;

        public void Add(double seconds)
        {
            int bucket = Array.FindIndex(Bounds, bound => seconds <= bound);
            lock (_counts)
            {
                _counts[bucket < 0 ? Bounds.Length : bucket]++;
                _sum += seconds;
            }
        }

        public void Write(PrometheusText text, RequestKind kind)
        {
            lock (_counts)
                text.Histogram("http_server_request_duration_seconds", kind.Labels, Bounds, _counts, _sum);
        }
    }
}
