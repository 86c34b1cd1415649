using System.Net;

namespace OneTimeShare.Server.Settings;

/// <summary>
/// Where the server is to listen, which the web server reads itself: what it would end on is said beforehand.
/// </summary>
internal static class ListenAddresses
{
    public static void Check(IConfiguration environment, SettingsReader reader, bool hasCertificate)
    {
        string text = environment["urls"] ?? "";
        string[] addresses = text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Any(IsWrong))
        {
            reader.Refuse(
                $"ASPNETCORE_URLS is \"{text}\": give addresses like http://localhost:5000 or http://0.0.0.0:80.");
        }
        if (!hasCertificate && (environment["https_ports"] is { Length: > 0 } || addresses.Any(IsHttps)))
        {
            reader.Refuse("To listen on https:// set OTS_TLS_CERT and OTS_TLS_KEY, or put a proxy with TLS before "
                + "this server, and listen on http://.");
        }
    }

    /// <summary>The first, by which the server can be asked on its own machine.</summary>
    public static BindingAddress First(IConfiguration environment)
    {
        string? url = environment["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        string? port = environment["http_ports"]?.Split(';', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return BindingAddress.Parse(url?.Trim() ?? (port is null ? "http://localhost:5000" : $"http://*:{port}"));
    }

    private static bool IsHttps(string address) => address.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsWrong(string address)
    {
        try
        {
            var parsed = BindingAddress.Parse(address);
            bool isLocalhost = parsed.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
            return parsed.PathBase.Length > 0 || parsed.Scheme is not ("http" or "https")
                || (!parsed.IsUnixPipe && (parsed.Port is < 0 or > IPEndPoint.MaxPort
                    || (parsed.Port == 0 && isLocalhost))); // two addresses, for which one free port cannot be found
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
