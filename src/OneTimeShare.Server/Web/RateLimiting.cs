using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OneTimeShare.Server.Web;

/// <summary>Where rates are counted, and which routes they hold for.</summary>
internal static class RateLimiting
{
    /// <summary>Counts in this process, unless something is there that counts for all servers together.</summary>
    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitOptions options)
    {
        services.TryAddSingleton<CountRequest>(
            provider => new ProcessRates(provider.GetRequiredService<TimeProvider>()).CountAsync);
        return services.AddSingleton(options).AddSingleton<RateLimits>();
    }

    /// <summary>Holds every route to the rate that it is marked with.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use((context, next) =>
            context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName is { } policy
                ? NextWithinAsync(limits, policy, context, next)
                : next(context));
    }

    private static async Task NextWithinAsync(
        RateLimits limits, string policy, HttpContext context, RequestDelegate next)
    {
        if (await limits.AllowAsync(context, policy))
            await next(context);
    }
}
