namespace OneTimeShare.Benchmarks.Floors;

/// <summary>Kestrel with routing and nothing else: no middleware, no headers, no logs, no limits.</summary>
internal static class BareKestrel
{
    public static WebApplication Build(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
        });
        return builder.Build();
    }
}
