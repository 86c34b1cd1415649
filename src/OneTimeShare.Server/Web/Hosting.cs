using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.HttpOverrides;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

/// <summary>How the web server itself is set up.</summary>
internal static partial class Hosting
{
    /// <summary>The largest body of all doors that take no content; those that do say so themselves.</summary>
    private const int MaxSmallBody = 16 * 1024;

    /// <summary>For all headers of a request, from its first byte on, however slowly they come.</summary>
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Between two requests of a connection.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The framework logs every path, and a mangled link has its key in there.</summary>
    public static void UseQuietLogs(this WebApplicationBuilder builder, bool asJson)
    {
        if (asJson)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            AddTextConsole(builder);
        }
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        // It would say nothing above that level, but make an activity and a scope of every request for it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // Why it does not start is said once, in one sentence, by the program itself.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
    }

    private static void AddTextConsole(WebApplicationBuilder builder) => builder.Logging.AddSimpleConsole(console =>
    {
        console.SingleLine = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        console.UseUtcTimestamp = true;
    });

    public static void UseBoundedKestrel(this WebApplicationBuilder builder, WebOptions web)
    {
        if (web.Certificate is { } certificate)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.Services.AddSingleton(certificate).AddSingleton<ServerCertificate>();
        }
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // For each connection: as much as keeps the disk busy, and what it is opened or sealed with.
            kestrel.Limits.MaxRequestBufferSize = 256 * 1024;
            kestrel.Limits.MaxResponseBufferSize = 512 * 1024;
            kestrel.Limits.MaxRequestBodySize = MaxSmallBody;
            kestrel.Limits.MaxConcurrentConnections = web.MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            if (web.Certificate is not null)
                kestrel.ConfigureHttpsDefaults(kestrel.ApplicationServices.GetRequiredService<ServerCertificate>().Use);
            var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            // curl -J reads only the plain file name, and that one as UTF-8.
            kestrel.ResponseHeaderEncodingSelector = Encoding? (name) =>
                name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase) ? utf8 : null;
            kestrel.RequestHeaderEncodingSelector = RequestExtensions.EncodingOf;
        });
    }

    public static void AddJson(this IServiceCollection services) => services.ConfigureHttpJsonOptions(json =>
    {
        json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
        json.SerializerOptions.Converters.Add(new UtcTimeConverter());
        json.SerializerOptions.TypeInfoResolverChain.Insert(0, ShareJson.Default);
        json.SerializerOptions.TypeInfoResolverChain.Insert(1, WebJson.Default);
    });

    /// <summary>Whose word counts on who asks and how: the operator's proxies', and with none nobody's.</summary>
    public static void UseForwarded(this WebApplication app, WebOptions web)
    {
        if (web.TrustedProxies.Count > 0)
        {
            var options = new ForwardedHeadersOptions
            {
                ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                    | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,
                ForwardLimit = null,
            };
            options.KnownIPNetworks.Clear();
            options.KnownProxies.Clear();
            foreach (var network in web.TrustedProxies)
                options.KnownIPNetworks.Add(network);
            app.UseForwardedHeaders(options);
        }
        if (web.BaseUrl?.AbsolutePath.TrimEnd('/') is { Length: > 0 } path)
            app.UsePathBase(path);
    }

    /// <summary>The folder, the disk, the port: to be mended, and not by reading a stack trace.</summary>
    public static bool IsForTheOperator(Exception exception) => exception
        is StoreUnavailableException or StorageFullException or IOException or SocketException;

    /// <summary>Why it does not start, in one sentence of one line.</summary>
    public static string Reason(Exception exception, string places)
    {
        string reason = exception.Message.TrimEnd('.');
        if (exception.InnerException is { } inner)
            reason += $": {inner.Message.TrimEnd('.')}";
        return exception is StoreUnavailableException or StorageFullException
            ? $"{reason} (everything is kept in {places})." : $"{reason}.";
    }

    public static void SayWhatItIs(this WebApplication app, string places, WebOptions web) =>
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            LogStart(app.Logger, typeof(Hosting).Assembly.GetName().Version?.ToString(3), places);
            foreach (string url in app.Urls)
                LogListening(app.Logger, url);
            if (web.BaseUrl is null && !app.Urls.All(IsLoopback))
                LogNoBaseUrl(app.Logger);
        });

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));

    [LoggerMessage(LogLevel.Information, "OneTimeShare {Version}, with its data in {Places}")]
    private static partial void LogStart(ILogger logger, string? version, string places);

    [LoggerMessage(LogLevel.Information, "Listening on {Url}")]
    private static partial void LogListening(ILogger logger, string url);

    [LoggerMessage(LogLevel.Warning, "OTS_BASE_URL is unset, so links are made from what each request says its host "
        + "is, which a stranger can choose: set it to the address that people use.")]
    private static partial void LogNoBaseUrl(ILogger logger);
}
