using System.Net;
using System.Security.Cryptography;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>
/// Each request comes from one of many networks, as a proxy would say it: rates stay on, and what is kept of them is
/// there from the beginning, since it is kept for an hour.
/// </summary>
internal sealed class ManyVisitors() : DelegatingHandler(new SocketsHttpHandler
{
    AllowAutoRedirect = false,
    UseCookies = false,
    UseProxy = false,
})
{
    private const int Networks = 2000;

    public static string Address()
    {
        int network = RandomNumberGenerator.GetInt32(Networks);
        return new IPAddress([0x20, 1, 0xd, 0xb8, (byte)(network >> 8), (byte)network, .. new byte[10]]).ToString();
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("X-Forwarded-For", Address());
        return base.SendAsync(request, cancellationToken);
    }
}
