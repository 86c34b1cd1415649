using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;

namespace OneTimeShare.Cli.Commands;

/// <summary>What every command that speaks to a server has.</summary>
internal sealed class Connection
{
    private readonly Option<string?> _authorities = new("--ca")
    {
        HelpName = "FILE",
        Description = "trust the authorities in this PEM file, and no others (OTS_CA)",
    };

    private readonly Option<string?> _retryFor = new("--retry-for")
    {
        HelpName = "TIME",
        Description = "how long a broken transfer is tried again while nothing comes: 90s, 1h (default 5m)",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "say nothing but errors" };

    public void AddTo(Command command)
    {
        command.Options.Add(_authorities);
        command.Options.Add(_retryFor);
        command.Options.Add(_quiet);
    }

    public Screen Screen(ParseResult parsed) => new(parsed.GetValue(_quiet));

    public OneTimeShareClient Open(ParseResult parsed)
    {
        var patience = TimeSpan.FromMinutes(5);
        if (parsed.GetValue(_retryFor) is { } text && !Amounts.TryParseLifetime(text, out patience))
            throw ComplaintException.Usage("--retry-for wants a time like 90s or 5m");
        return new OneTimeShareClient(new OneTimeShareClientOptions
        {
            Handler = Handler(parsed.GetValue(_authorities) ?? Surroundings.CertificateAuthorities),
            Patience = patience,
        });
    }

    /// <summary>Who listens on the way reads all of it, but where there is no way.</summary>
    public static void WarnOfPlainHttp(Uri server)
    {
        if (server.Scheme == Uri.UriSchemeHttp && !server.IsLoopback)
        {
            Terminal.Screen.Warning($"{Printable.Line(server.Host)} is spoken to in plain HTTP: "
                + "whoever is on the way can see the proofs, and take what they are for");
        }
    }

    // It lives as long as the program.
    private static SocketsHttpHandler Handler(string? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(15),
        };
        if (authorities is not null)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(Read(authorities));
        }
        return handler;
    }

    private static X509Certificate2Collection Read(string path)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw ComplaintException.Usage($"{Printable.Line(path)} cannot be read as certificates in PEM");
        }
        return certificates.Count > 0
            ? certificates : throw ComplaintException.Usage($"{Printable.Line(path)} holds no certificate");
    }
}
