using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Proxies;

/// <summary>
/// A real nginx with TLS and the files of <c>deploy/</c>, in which nothing but addresses and folders is changed.
/// </summary>
internal sealed class NginxProcess : IAsyncDisposable
{
    // Debian keeps it where only root looks.
    private static readonly string Program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
    private static readonly string Deploy = FindDeploy();

    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private readonly int _port;
    private readonly Process _process;

    private NginxProcess(int port, Uri server, bool belowAPath, Func<string, string> change)
    {
        _port = port;
        Address = new Uri($"https://127.0.0.1:{port}/{(belowAPath ? "secrets/" : "")}");
        CopyDeploy(server, change);
        File.WriteAllText(In("nginx.conf"), Main(belowAPath ? SiteWithAPath(server) : Adapt(server, "nginx.conf")));
        // Where nginx would keep bodies there is a file, so that it fails where it tries, for root too.
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", In("nginx.conf"), "-e", In("start.log")])
        {
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => _certificate.Equals(shown) },
        })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>All that it has written, to any log.</summary>
    public string Logs => string.Concat(Directory.GetFiles(_folder.Path, "*.log").Order().Select(File.ReadAllText));

    /// <param name="port">Where it listens, known beforehand for the server's own settings.</param>
    /// <param name="server">The server behind it.</param>
    /// <param name="belowAPath">As a part of another site, at <c>/secrets/</c>.</param>
    /// <param name="change">What a test does to <c>proxy.conf</c> to prove itself.</param>
    public static async Task<NginxProcess> StartAsync(
        int port, Uri server, bool belowAPath = false, Func<string, string>? change = null)
    {
        var nginx = new NginxProcess(port, server, belowAPath, change ?? (text => text));
        try
        {
            await Eventually.HoldsAsync("nginx listens", () => Task.FromResult(nginx.Listens()));
            nginx.ForbidTemporaryFiles();
            return nginx;
        }
        catch
        {
            await nginx.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            using var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]);
            await kill.WaitForExitAsync(CancellationToken.None);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static string FindDeploy()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("deploy/ is not there.");
        return Path.Combine(folder, "deploy");
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    private string In(string name) => Path.Combine(_folder.Path, name);

    private void CopyDeploy(Uri server, Func<string, string> change)
    {
        Directory.CreateDirectory(In("nginx"));
        Directory.CreateDirectory(In("errors"));
        Directory.CreateDirectory(In("tls"));
        foreach (string file in (string[])["log.conf", "proxy.conf", "errors.conf", "subpath.conf"])
        {
            string text = Adapt(server, $"nginx/{file}");
            File.WriteAllText(In($"nginx/{file}"), file == "proxy.conf" ? change(text) : text);
        }
        foreach (string page in Directory.GetFiles(Path.Combine(Deploy, "errors")))
            File.Copy(page, In($"errors/{Path.GetFileName(page)}"));
        File.WriteAllText(In("tls/fullchain.pem"), _certificate.ExportCertificatePem());
        using var key = _certificate.GetECDsaPrivateKey()!;
        File.WriteAllText(In("tls/privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>What an operator changes, and the folders.</summary>
    private string Adapt(Uri server, string file)
    {
        string text = File.ReadAllText(Path.Combine(Deploy, file))
            .Replace("/etc/nginx/onetimeshare/", _folder.Path + "/", StringComparison.Ordinal)
            .Replace("/var/log/nginx/", _folder.Path + "/", StringComparison.Ordinal);
        if (file != "nginx.conf")
            return text;
        text = Replace(text, "server ots:8080;", $"server {server.Authority};");
        text = Replace(text, "listen 80;", $"listen 127.0.0.1:{FreePorts.Next()};");
        text = Replace(text, "listen 443 ssl http2;", $"listen 127.0.0.1:{_port} ssl http2;");
        text = Replace(text, "listen [::]:80;", "");
        return Replace(text, "listen [::]:443 ssl http2;", "");
    }

    private static string Replace(string text, string old, string with)
    {
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, with, StringComparison.Ordinal);
    }

    private string SiteWithAPath(Uri server) => $$"""
        upstream onetimeshare { server {{server.Authority}}; keepalive 32; }
        include {{In("nginx/log.conf")}};
        server {
            listen 127.0.0.1:{{_port}} ssl http2;
            ssl_certificate {{In("tls/fullchain.pem")}};
            ssl_certificate_key {{In("tls/privkey.pem")}};
            location / { return 200 "another site"; }
            include {{In("nginx/subpath.conf")}};
        }
        """;

    private string Main(string site) => $$"""
        user root;
        daemon off;
        worker_processes 1;
        pid {{In("nginx.pid")}};
        error_log {{In("error.log")}} notice;
        events { }
        http {
            client_body_temp_path {{In("bodies")}};
            proxy_temp_path {{In("answers")}};
            fastcgi_temp_path {{In("fastcgi")}};
            uwsgi_temp_path {{In("uwsgi")}};
            scgi_temp_path {{In("scgi")}};
            access_log off;
            {{site}}
        }
        """;

    private bool Listens()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"nginx has ended:\n{Logs}");
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void ForbidTemporaryFiles()
    {
        foreach (string folder in (string[])[In("bodies"), In("answers")])
        {
            Directory.Delete(folder, recursive: true);
            File.WriteAllText(folder, "");
        }
    }
}
