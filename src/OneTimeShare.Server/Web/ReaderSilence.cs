using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace OneTimeShare.Server.Web;

/// <summary>
/// Tells who reads slowly from who has stopped: as long as one byte is acknowledged within <see cref="Bound"/>, a
/// reader may take its time. Kestrel's own bound is a rate: too high for a telephone in a tunnel, and with much on its
/// way so patient with silence that a quarter of an hour passes.
/// </summary>
internal sealed class ReaderSilence
{
    public static readonly TimeSpan Bound = BoundedSilenceReader.Bound;

    private readonly Socket? _socket;
    private readonly TimeProvider _time;
    private ulong _acknowledged;
    private long _since;

    public ReaderSilence(HttpContext context, TimeProvider time)
    {
        _socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        _time = time;
        _since = time.GetTimestamp();
        if (Acknowledged() is not { } acknowledged)
            _socket = null; // not Linux, or no TCP: Kestrel's rate stays
        else if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            (rate.MinDataRate, _acknowledged) = (null, acknowledged);
    }

    /// <summary>To be asked every so often: whether nothing has arrived for too long.</summary>
    public bool IsTooLong()
    {
        if (Acknowledged() is not { } acknowledged)
            return false;
        if (acknowledged != _acknowledged)
            (_acknowledged, _since) = (acknowledged, _time.GetTimestamp());
        return _time.GetElapsedTime(_since) >= Bound;
    }

    /// <summary>The bytes that the other end's system has taken, by RFC 4898's counter in Linux's TCP_INFO.</summary>
    private ulong? Acknowledged()
    {
        const int IpProtoTcp = 6, TcpInfo = 11, BytesAcked = 120;
        if (_socket is null || !OperatingSystem.IsLinux())
            return null;
        Span<byte> info = stackalloc byte[BytesAcked + sizeof(ulong)];
        try
        {
            return _socket.GetRawSocketOption(IpProtoTcp, TcpInfo, info) < info.Length ? null
                : BitConverter.ToUInt64(info[BytesAcked..]);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
