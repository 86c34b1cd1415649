using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// A way to the server that a test can make slow, cut in the middle, and close. It passes bytes on and knows no HTTP.
/// </summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private const int Piece = 16 * 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _server;
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly List<List<byte>> _heard = [];
    private readonly Task _accepting;
    private byte[]? _losing;
    private int _lost;
    private readonly Budget _down = new(), _up = new();

    public CuttableProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Ends in a slash.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>While set, whoever connects is hung up on.</summary>
    public bool Closed { get; set; }

    /// <summary>While set, whoever sends a request that begins like this is hung up on.</summary>
    public string? HangsUpOn { get; set; }

    /// <summary>A pause after each 16 KiB, in either direction.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.Zero;

    /// <summary>How many times it has been cut in the middle of something.</summary>
    public int Cuts => _down.Cuts + _up.Cuts + _lost;

    /// <summary>How many connections there have been.</summary>
    public int Connections
    {
        get
        {
            lock (_lock)
                return _heard.Count;
        }
    }

    /// <summary>Whether it keeps what browsers send.</summary>
    public bool Listens { get; init; }

    /// <summary>All that browsers have sent, a text for each connection and a character for each byte.</summary>
    public IReadOnlyList<string> Heard
    {
        get
        {
            lock (_lock)
                return [.. _heard.Select(bytes => Encoding.Latin1.GetString([.. bytes]))];
        }
    }

    /// <summary>Cuts the connection on which the server's answers have passed so many bytes from now, once.</summary>
    public void CutAfterDown(long bytes) => _down.Set(bytes);

    /// <summary>The same, but it stays open and says no more.</summary>
    public void SilenceAfterDown(long bytes) => _down.Set(bytes, isSilence: true);

    /// <summary>The same for what the browser sends.</summary>
    public void CutAfterUp(long bytes) => _up.Set(bytes);

    /// <summary>Passes the next request on that begins like this, and cuts before its answer, once.</summary>
    public void LoseAnswerTo(string request) => _losing = Encoding.ASCII.GetBytes(request);

    /// <summary>Cuts all that is open now.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            foreach (var socket in _open)
                socket.Close(0);
            _open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var browser = await _listener.AcceptSocketAsync(_end.Token);
                if (Closed)
                    browser.Close(0);
                else
                    _ = PassOnAsync(browser);
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException)
            {
                // It ends, or whoever came has gone again.
            }
        }
    }

    private async Task PassOnAsync(Socket browser)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        browser.NoDelay = true;
        var heard = new List<byte>();
        lock (_lock)
        {
            _open.AddRange([browser, server]);
            _heard.Add(heard);
        }
        try
        {
            await server.ConnectAsync(_server.Host, _server.Port, _end.Token);
            bool lost = false;
            await Task.WhenAny(
                PumpAsync(browser, server, _up, sent =>
                {
                    Hear(heard, sent);
                    lost |= IsToBeLost(sent);
                    return HangsUpOn is { } request && sent.StartsWith(Encoding.ASCII.GetBytes(request));
                }),
                PumpAsync(server, browser, _down, _ => lost));
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException)
        {
            // Cut by the test, or the server is down, which the browser is to see as well.
        }
        browser.Close(0);
        server.Close(0);
    }

    private void Hear(List<byte> heard, ReadOnlySpan<byte> sent)
    {
        lock (_lock)
        {
            if (Listens)
                heard.AddRange(sent);
        }
    }

    private bool IsToBeLost(ReadOnlySpan<byte> sent)
    {
        lock (_lock)
        {
            if (_losing is null || !sent.StartsWith(_losing))
                return false;
            _losing = null;
            _lost++;
            return true;
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Budget budget, Cutting isCut)
    {
        var piece = new byte[Piece];
        try
        {
            while (await from.ReceiveAsync(piece, _end.Token) is var length and > 0)
            {
                if (isCut(piece.AsSpan(0, length)))
                    return;
                int allowed = budget.Take(length);
                await to.SendAsync(piece.AsMemory(0, allowed), _end.Token);
                if (allowed < length && budget.IsSilence)
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _end.Token);
                if (allowed < length)
                    return;
                if (Pause > TimeSpan.Zero)
                    await Task.Delay(Pause, TimeProvider.System, _end.Token);
            }
        }
        catch (Exception failure)
            when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other direction has ended it.
        }
    }

    private delegate bool Cutting(ReadOnlySpan<byte> passing);

    /// <summary>How many bytes may still pass, of all connections together, before one of them is cut.</summary>
    private sealed class Budget
    {
        private readonly Lock _lock = new();
        private long _left = long.MaxValue;

        public int Cuts { get; private set; }

        public bool IsSilence { get; private set; }

        public void Set(long bytes, bool isSilence = false)
        {
            Assert.True(bytes > 0);
            lock (_lock)
                (_left, IsSilence) = (bytes, isSilence);
        }

        public int Take(int length)
        {
            lock (_lock)
            {
                if (length < _left)
                {
                    _left -= length;
                    return length;
                }
                int allowed = (int)_left - 1;
                _left = long.MaxValue;
                Cuts++;
                return allowed;
            }
        }
    }
}
