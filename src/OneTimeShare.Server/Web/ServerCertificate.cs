using System.Net.Security;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace OneTimeShare.Server.Web;

/// <summary>
/// The certificate for TLS, read again when its files change: a new connection gets the new one, and those that are
/// open stay. Both files are compared whole, since a mounted secret changes behind a link that does not.
/// </summary>
internal sealed partial class ServerCertificate : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly CertificateFiles _files;
    private readonly ILogger<ServerCertificate> _logger;
    private readonly ITimer _reading;
    private (string Certificate, string Key) _text;
    private volatile SslStreamCertificateContext _current;

    public ServerCertificate(CertificateFiles files, TimeProvider time, ILogger<ServerCertificate> logger)
    {
        _files = files;
        _logger = logger;
        _text = files.ReadText();
        _current = CertificateFiles.Parse(_text) ?? throw new IOException("The certificate cannot be read any more.");
        _reading = time.CreateTimer(_ => ReadAgain(), null, Interval, Interval);
    }

    public void Use(HttpsConnectionAdapterOptions https)
    {
        // Kestrel asks for one of these; what goes out, with the chain, is decided for each connection below.
        https.ServerCertificateSelector = (_, _) => _current.TargetCertificate;
        https.OnAuthenticate = (_, connection) =>
        {
            connection.ServerCertificateSelectionCallback = null;
            connection.ServerCertificateContext = _current;
        };
    }

    public void Dispose() => _reading.Dispose();

    private void ReadAgain()
    {
        try
        {
            var text = _files.ReadText();
            if (text == _text)
                return;
            _text = text;
            if (CertificateFiles.Parse(text) is { } changed)
            {
                _current = changed;
                LogRead(changed.TargetCertificate.NotAfter.ToUniversalTime());
            }
            else
            {
                LogUnread();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever replaces the files may be in the middle of it: the next look tells.
            if (_text != default)
                LogUnread();
            _text = default;
        }
    }

    [LoggerMessage(LogLevel.Information, "The certificate has changed, and holds until {NotAfter:u}")]
    private partial void LogRead(DateTime notAfter);

    [LoggerMessage(LogLevel.Warning, "The changed certificate and its key cannot be read: the one from before is used")]
    private partial void LogUnread();
}
