using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>TLS by the server itself, with a certificate that its operator replaces while it runs.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryFolder _files = new();
    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string CertificateFile => Path.Combine(_files.Path, "tls.crt");

    private string KeyFile => Path.Combine(_files.Path, "tls.key");

    private (string, string)[] Settings =>
        [("ASPNETCORE_URLS", "https://127.0.0.1:0"), ("OTS_TLS_CERT", CertificateFile), ("OTS_TLS_KEY", KeyFile)];

    public void Dispose()
    {
        _files.Dispose();
        _data.Dispose();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_secret_goes_through_by_TLS_in_either_version_of_HTTP(string version)
    {
        Write("one.example");
        await using var server = await ServerProcess.StartAsync(_data.Path, Settings);
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        var secret = await Secret.SealAsync(content);
        using var created = await server.Client.SendAsync(As(secret.Create()), Cancel);
        string id = (await created.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
        using var opened = await server.Client.SendAsync(As(secret.Open(id)), Cancel);
        Assert.Equal(new Version(version), opened.Version);
        Assert.Equal("max-age=31536000", opened.Header("Strict-Transport-Security"));
        Assert.Equal(content, await opened.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal((0, ""), await server.RunBesideAsync("--health"));

        HttpRequestMessage As(HttpRequestMessage request)
        {
            request.Version = new Version(version);
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            return request;
        }
    }

    [Fact]
    public async Task A_certificate_that_was_replaced_is_the_next_connections_and_a_broken_one_is_nobodys()
    {
        Write("one.example");
        await using var server = await ServerProcess.StartAsync(_data.Path, Settings);
        Assert.Equal("CN=one.example", await SubjectAsync(server));

        await File.WriteAllTextAsync(CertificateFile, "no certificate", Cancel);
        await Eventually.HoldsAsync(
            "the server says that it cannot read it", () => server.Output.Contains("cannot be read: the one from"));
        Assert.Equal("CN=one.example", await SubjectAsync(server));

        Write("two.example");
        await Eventually.HoldsAsync(
            "the new certificate is in use", async () => await SubjectAsync(server) == "CN=two.example");
        Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_refused_at_start()
    {
        Write("one.example");
        string certificate = await File.ReadAllTextAsync(CertificateFile, Cancel);
        Write("two.example");
        await File.WriteAllTextAsync(CertificateFile, certificate, Cancel);
        var (code, output) = await ServerProcess.RefuseAsync(_data.Path, Settings);
        Assert.Equal(1, code);
        Assert.StartsWith("ots-server: OTS_TLS_CERT and OTS_TLS_KEY are no certificate and its key: ", output);
    }

    private void Write(string host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + TimeSpan.FromHours(1));
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
    }

    private static async Task<string> SubjectAsync(ServerProcess server)
    {
        var address = server.Client.BaseAddress!;
        using var client = new TcpClient(address.Host, address.Port);
        await using var tls = new SslStream(
            client.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = address.Host, EnabledSslProtocols = SslProtocols.None },
            Cancel);
        return tls.RemoteCertificate!.Subject;
    }
}
