using System.Net;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Web;

/// <summary>How people reach this server, and who may create.</summary>
internal sealed class WebOptions
{
    /// <summary>The address that people use, ending in a slash; null for the request's own.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Whose <c>X-Forwarded-*</c> counts; where there are none, nobody's does.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    /// <summary>What creating needs; null where anyone may create.</summary>
    public string? CreateToken { get; init; }

    /// <summary>Several of those with names, as they stand in the setting; null where there are none.</summary>
    public string? CreateTokens { get; init; }

    /// <summary>The file that they are read from, and read again from when it changes.</summary>
    public string? CreateTokensFile { get; init; }

    /// <summary>How many connections there may be at once; one more is closed as it comes.</summary>
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>What stands at the foot of every page.</summary>
    public SiteLinks Links { get; init; } = new();

    /// <summary>The certificate and its key for TLS of the server's own; null for none.</summary>
    public CertificateFiles? Certificate { get; init; }
}
