using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Cli.Tests;

/// <summary>A server behind TLS, with a certificate of an authority that nobody else knows.</summary>
public sealed class TlsTests(Ots ots) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_is_trusted_where_its_authority_is_named_and_nowhere_else()
    {
        using var authority = Certificate("CN=Tests", null, null);
        using var server = Certificate("CN=localhost", authority, "localhost");
        string file = Path.Combine(_folder.Path, "ca.pem"), secret = Path.Combine(_folder.Path, "secret");
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), Cancel);
        await File.WriteAllTextAsync(secret, "secret\n", Cancel);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = ServeAsync(listener, server);
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        string address = $"https://localhost:{port}";

        var unknown = await RunAsync("send", secret, "--server", address);
        var known = await RunAsync("send", secret, "--server", address, "--ca", file, "-q");
        var otherName = await RunAsync("send", secret, "--server", $"https://127.0.0.1:{port}", "--ca", file);

        Assert.Equal(6, unknown.ExitCode);
        Assert.StartsWith("ots: error: there is no connection to the server that can be trusted\n", unknown.Said,
            StringComparison.Ordinal);
        Assert.Equal((0, ""), (known.ExitCode, known.Said));
        Assert.StartsWith($"{address}/d/", known.Printed, StringComparison.Ordinal);
        Assert.Equal(6, otherName.ExitCode);
        var taken = await RunAsync("get", known.Printed.Trim(), "-y", "-o", "-", "--ca", file);
        Assert.Equal((0, "secret\n"), (taken.ExitCode, taken.Printed));
    }

    private async Task ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        try
        {
            while (true)
                _ = PassOnAsync(await listener.AcceptTcpClientAsync(Cancel), certificate);
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task PassOnAsync(TcpClient client, X509Certificate2 certificate)
    {
        var address = ots.Server.Client.BaseAddress!;
        try
        {
            using (client)
            using (var server = new TcpClient(address.Host, address.Port))
            await using (var tls = new SslStream(client.GetStream()))
            {
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = certificate }, Cancel);
                await Task.WhenAny(
                    tls.CopyToAsync(server.GetStream(), Cancel), server.GetStream().CopyToAsync(tls, Cancel));
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // Whoever came did not trust it, or has gone.
        }
    }

    private static X509Certificate2 Certificate(string name, X509Certificate2? issuer, string? host)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        if (issuer is null)
            return request.CreateSelfSigned(now.AddHours(-1), now.AddHours(2));
        var hosts = new SubjectAlternativeNameBuilder();
        hosts.AddDnsName(host!);
        request.CertificateExtensions.Add(hosts.Build());
        using var signed = request.Create(issuer, now.AddMinutes(-30), now.AddHours(1), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }

    private static async Task<(int ExitCode, string Printed, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Ots.Folder, "ots"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OTS_CA");
        using var process = Process.Start(start)!;
        var printed = process.StandardOutput.ReadToEndAsync(Cancel);
        string said = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await printed, said);
    }
}
