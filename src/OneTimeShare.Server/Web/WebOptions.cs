using System.Net;
using System.Security.Cryptography;
using System.Text;

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

    /// <summary>What is shown is compared by hash, so that neither its bytes nor its length show in the time.</summary>
    public bool AllowsCreating(string? shown) =>
        CreateToken is null || CryptographicOperations.FixedTimeEquals(Hash(CreateToken), Hash(shown ?? ""));

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.Unicode.GetBytes(token));
}
