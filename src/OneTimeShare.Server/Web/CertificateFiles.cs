using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OneTimeShare.Server.Web;

/// <summary>A certificate with those that vouch for it, and its key, as two PEM files.</summary>
internal sealed record CertificateFiles(string Certificate, string Key)
{
    /// <summary>Both, as they are now.</summary>
    /// <exception cref="IOException">One cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    public (string Certificate, string Key) ReadText() => (File.ReadAllText(Certificate), File.ReadAllText(Key));

    /// <summary>Null where the text is no certificate, or the key is another's or needs a password.</summary>
    public static SslStreamCertificateContext? Parse((string Certificate, string Key) text)
    {
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(text.Certificate);
            var own = X509Certificate2.CreateFromPem(text.Certificate, text.Key);
            // Offline: a handshake must not wait for an authority's server to hand out what is not in the file.
            return SslStreamCertificateContext.Create(own, chain, offline: true);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
