using System.Net;
using System.Net.Sockets;

namespace OneTimeShare.Server.Web;

/// <summary>
/// The program asks the server on its machine whether it is ready: for a container, which has no other program to ask.
/// </summary>
internal static class HealthQuestion
{
    public const string Argument = "--health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <returns>0 where it is ready, else 1: what a container's health check wants.</returns>
    public static async Task<int> AskAsync(BindingAddress address)
    {
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = address.IsUnixPipe ? (_, cancel) => ConnectAsync(address.UnixPipePath, cancel) : null,
            // It asks itself, by a name that its certificate need not have.
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        })
        {
            Timeout = Patience,
        };
        try
        {
            using var answer = await client.GetAsync(new Uri($"{address.Scheme}://{HostOf(address)}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }

    /// <summary>A server that listens everywhere listens to itself, too.</summary>
    private static string HostOf(BindingAddress address)
    {
        if (address.IsUnixPipe)
            return "localhost";
        string host = address.Host switch
        {
            "*" or "+" or "0.0.0.0" => "127.0.0.1",
            "[::]" => "[::1]",
            var own => own,
        };
        return $"{host}:{address.Port}";
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
