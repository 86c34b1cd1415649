using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace OneTimeShare.Server.Web;

/// <summary>How often one client's network, an IPv4 address or an IPv6 /64, may create and open.</summary>
internal static class RateLimits
{
    public const string Create = nameof(Create);
    public const string Open = nameof(Open);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, RateLimitOptions options) =>
        services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(Create, context => Limit(context, Create, options.On ? options.Create : null));
            limiter.AddPolicy(Open, context => Limit(context, Open, options.On ? options.Open : null));
            limiter.OnRejected = async (rejected, _) =>
            {
                var retryAfter = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                    ? wait : TimeSpan.FromMinutes(1);
                await Problems.RateLimited(retryAfter).ExecuteAsync(rejected.HttpContext);
            };
        });

    /// <summary>An IPv6 customer has a /64 to choose addresses from, so that is one network.</summary>
    public static IPNetwork Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return new IPNetwork(address, 32);
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPNetwork(new IPAddress(bytes), 64);
    }

    private static RateLimitPartition<(string, IPNetwork)> Limit(HttpContext context, string policy, Rate? rate)
    {
        var network = Network(context.Connection.RemoteIpAddress ?? IPAddress.None);
        if (rate is not { } limit)
            return RateLimitPartition.GetNoLimiter((policy, network));
        return context.RequestServices.GetService<CountRequest>() is { } count
            ? RateLimitPartition.Get((policy, network), _ => new SharedRateLimiter(
                () => count(policy, network, limit.Window), limit.Count))
            : RateLimitPartition.GetFixedWindowLimiter((policy, network), _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = limit.Count,
                Window = limit.Window,
                QueueLimit = 0,
            });
    }
}
