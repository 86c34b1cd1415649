using System.Diagnostics;
using System.Diagnostics.Metrics;
using OneTimeShare.Server.Shares;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OneTimeShare.Server.Operator;

/// <summary>
/// Metrics and traces by OpenTelemetry, where an endpoint is set to send them to. A request is known by its route's
/// name: the framework's own spans would carry its path, which a mangled link has its key in, so that this has others.
/// </summary>
internal static class Telemetry
{
    private const string Name = "OneTimeShare";

    private static readonly ActivitySource Source = new(Name);

    public static void AddTelemetry(this IServiceCollection services, bool sends)
    {
        if (!sends)
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource
                .AddService("onetimeshare", serviceVersion: ReadStats.Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics => metrics
                .AddMeter(
                    Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(Name).AddOtlpExporter());
    }

    public static void UseTelemetry(this WebApplication app, bool sends)
    {
        if (!sends)
            return;
        var numbers = app.Services.GetRequiredService<StoreNumbers>();
        var meter = app.Services.GetRequiredService<IMeterFactory>().Create(Name);
        meter.CreateObservableCounter("ots.shares", () => Events(numbers.Latest), "{share}",
            "What has happened to shares in this store");
        meter.CreateObservableGauge("ots.storage.used", () => Used(numbers.Latest), "By",
            "What live shares hold and uploads have reserved");
        app.Use(TraceAsync);
    }

    private static async Task TraceAsync(HttpContext context, RequestDelegate next)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        string method = MethodOf(context.Request);
        // What a proxy has begun goes on here; the framework's own span is not sent, and would be missed as a parent.
        _ = ActivityContext.TryParse(context.Request.Headers.TraceParent, null, isRemote: true, out var parent);
        Activity.Current = null;
        using var span = Source.StartActivity($"{method} {route}", ActivityKind.Server, parent);
        span?.SetTag("http.request.method", method).SetTag("http.route", route);
        try
        {
            await next(context);
            span?.SetTag("http.response.status_code", context.Response.StatusCode);
            if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                span?.SetStatus(ActivityStatusCode.Error);
        }
        catch (Exception exception)
        {
            // Not its message, which may quote what it choked on.
            span?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    private static string MethodOf(HttpRequest request) => request.Method switch
    {
        "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => request.Method,
        _ => "_OTHER",
    };

    private static IEnumerable<Measurement<long>> Events(StoreNumbers.Numbers? numbers) => numbers is null ? []
        : from what in ShareCounts.Kinds
          where what != ShareCount.CreatedBytes
          select new Measurement<long>(
              numbers.Total[what], new KeyValuePair<string, object?>("event", ShareCounts.NameOf(what)));

    private static IEnumerable<Measurement<long>> Used(StoreNumbers.Numbers? numbers) =>
        numbers is null ? [] : [new Measurement<long>(numbers.StorageUsed)];
}
