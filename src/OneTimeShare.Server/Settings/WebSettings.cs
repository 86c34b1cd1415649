using System.Net;
using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Settings;

/// <summary>How people reach this server, and who may create.</summary>
internal static class WebSettings
{
    public static WebOptions Read(SettingsReader reader)
    {
        var defaults = new WebOptions();
        string? token = reader.Text("OTS_CREATE_TOKEN");
        string? tokens = reader.Text("OTS_CREATE_TOKENS");
        if (token is not null && tokens is not null)
            reader.Refuse("OTS_CREATE_TOKEN and OTS_CREATE_TOKENS are both set: keep one of them.");
        if (tokens is not null && !CreateTokens.NamedToken.TryReadAll(tokens, out _))
        {
            reader.Refuse("OTS_CREATE_TOKENS is not a list of names and tokens: give each name once, like ci:TOKEN "
                + "alice:TOKEN.");
        }
        return new WebOptions
        {
            BaseUrl = ReadBaseUrl(reader),
            TrustedProxies = ReadProxies(reader),
            CreateToken = token,
            CreateTokens = tokens,
            CreateTokensFile = reader.FileOf("OTS_CREATE_TOKENS"),
            MaxConnections = reader.Number("OTS_MAX_CONNECTIONS", defaults.MaxConnections, min: 1, max: 1_000_000),
            Certificate = ReadCertificate(reader),
            Links = new SiteLinks(
                ReadLink(reader, "OTS_IMPRINT_URL"), ReadLink(reader, "OTS_PRIVACY_URL"),
                ReadLink(reader, "OTS_FEEDBACK_URL")),
        };
    }

    private static List<IPNetwork> ReadProxies(SettingsReader reader)
    {
        var networks = new List<IPNetwork>();
        foreach (string text in reader.List("OTS_TRUSTED_PROXIES"))
        {
            if (IPNetwork.TryParse(text, out var network))
                networks.Add(network);
            else if (IPAddress.TryParse(text, out var address))
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            else
            {
                reader.Refuse(
                    $"OTS_TRUSTED_PROXIES has \"{text}\": give addresses or networks, like 10.0.0.7 or 10.0.0.0/8.");
            }
        }
        return networks;
    }

    private static Uri? ReadLink(SettingsReader reader, string name)
    {
        if (reader.Text(name) is not { } text)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto")
            return address;
        reader.Refuse(
            $"{name} is \"{text}\": give an address like https://example.org/about, or mailto:me@example.org.");
        return null;
    }

    private static Uri? ReadBaseUrl(SettingsReader reader)
    {
        string? text = reader.Text("OTS_BASE_URL");
        Uri? address = null;
        if (text is not null && !(Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out address)
            && address is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }))
        {
            reader.Refuse(
                $"OTS_BASE_URL is \"{text}\": give the address that people use, like https://share.example.org.");
            address = null;
        }
        return address is null ? null : ServerAddress.InAscii(address);
    }

    private static CertificateFiles? ReadCertificate(SettingsReader reader)
    {
        string? certificate = reader.Text("OTS_TLS_CERT"), key = reader.Text("OTS_TLS_KEY");
        if (certificate is null && key is null)
            return null;
        if (certificate is null || key is null)
        {
            reader.Refuse("Of OTS_TLS_CERT and OTS_TLS_KEY one is set: set both for TLS, or none.");
            return null;
        }
        var files = new CertificateFiles(Path.GetFullPath(certificate), Path.GetFullPath(key));
        try
        {
            using var parsed = CertificateFiles.Parse(files.ReadText())?.TargetCertificate;
            if (parsed is not null)
                return files;
            reader.Refuse("OTS_TLS_CERT and OTS_TLS_KEY are no certificate and its key: give two files in PEM form, "
                + "the key without a password.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            reader.Refuse($"OTS_TLS_CERT or OTS_TLS_KEY names a file that cannot be read: {files.Certificate}, "
                + $"{files.Key}.");
        }
        return null;
    }
}
