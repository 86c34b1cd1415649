using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>
/// Ports on loopback for servers that cannot choose one themselves. All lie below those that Linux gives to whoever
/// connects, so that no connection of another test has one by the time that its server starts, or starts again.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_240;
    private const int Count = 32_768 - First;

    private static int _handedOut = RandomNumberGenerator.GetInt32(Count);

    /// <summary>The first of <paramref name="count"/> ports in a row that nobody has.</summary>
    public static int Next(int count = 1)
    {
        while (true)
        {
            int last = (int)((uint)Interlocked.Add(ref _handedOut, count) % Count);
            int first = First + last - count + 1;
            if (first >= First && Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
