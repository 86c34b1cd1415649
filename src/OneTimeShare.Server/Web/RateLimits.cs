using System.Net;
using System.Net.Sockets;

namespace OneTimeShare.Server.Web;

/// <summary>Counts one more request of a network, in the window that is open or one that it opens.</summary>
/// <returns>How many there are in that window, and how long it stays open.</returns>
internal delegate Task<(long Count, TimeSpan Left)> CountRequest(string policy, IPNetwork network, TimeSpan window);

/// <summary>How often one client's network, an IPv4 address or an IPv6 /64, may create, open and sign in.</summary>
internal sealed class RateLimits(RateLimitOptions options, CountRequest count)
{
    public const string Create = "create";
    public const string Open = "open";
    public const string SignIn = "sign-in";
    public const string Operator = "operator";

    /// <summary>
    /// Counts a request, and says in its answer's headers what is left. False where it was one too many: then the
    /// refusal has been answered.
    /// </summary>
    public async ValueTask<bool> AllowAsync(HttpContext context, string policy)
    {
        if (options.For(policy) is not { } rate)
            return true;
        var (counted, left) = await count(policy, Network(context), rate.Window);
        // As the draft "RateLimit header fields for HTTP" has it: a quota in a window, what remains of it, until when.
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = $"\"{policy}\";q={rate.Count};w={(long)rate.Window.TotalSeconds}";
        long remaining = Math.Max(0, rate.Count - counted);
        headers["RateLimit"] = $"\"{policy}\";r={remaining};t={(long)Math.Ceiling(left.TotalSeconds)}";
        if (counted <= rate.Count)
            return true;
        await Problems.RateLimited(left).ExecuteAsync(context);
        return false;
    }

    /// <summary>The network that a request came from.</summary>
    public static IPNetwork Network(HttpContext context) =>
        Network(context.Connection.RemoteIpAddress ?? IPAddress.None);

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
}
