namespace OneTimeShare.Benchmarks.Loads;

/// <summary>What one connection does again and again; every answer is checked.</summary>
internal interface IRoundTrip
{
    /// <returns>False, with nothing done, where nothing is left to do.</returns>
    ValueTask<bool> RunAsync(HttpConnection connection);
}
