using System.Globalization;
using OneTimeShare.Client;

namespace OneTimeShare.Cli.Terminal;

/// <summary>One line that says how far a transfer is, how fast, and how long it will take; none in a pipe.</summary>
internal sealed class ProgressBar(Screen screen, string act, TimeProvider time)
    : IProgress<TransferProgress>, IDisposable
{
    private const int Width = 24;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();
    private long? _first;
    private long _drawn;
    private bool _isDrawn;

    public void Report(TransferProgress value)
    {
        if (!screen.ShowsProgress)
            return;
        lock (_lock)
        {
            // What an earlier process has brought is not this one's speed.
            _first ??= value.Bytes;
            if (_isDrawn && value.Bytes != value.Total && time.GetElapsedTime(_drawn) < Pause)
                return;
            (_drawn, _isDrawn) = (time.GetTimestamp(), true);
            Screen.Output.Write($"\r{Line(value, time.GetElapsedTime(_start))}\e[K");
        }
    }

    /// <summary>Leaves an empty line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDrawn)
                Screen.Output.Write("\r\e[K");
            _isDrawn = false;
        }
    }

    private string Line(TransferProgress now, TimeSpan elapsed)
    {
        double rate = elapsed > TimeSpan.Zero ? (now.Bytes - _first!.Value) / elapsed.TotalSeconds : 0;
        string speed = $"{Amounts.Size((long)rate)}/s";
        if (now.Total is not { } total || total == 0)
            return $"{act}  {Amounts.Size(now.Bytes)}  {speed}";
        double part = Math.Clamp((double)now.Bytes / total, 0, 1);
        string bar = new string('#', (int)(part * Width)).PadRight(Width, '.');
        string left = rate > 0 ? Amounts.Clock(TimeSpan.FromSeconds((total - now.Bytes) / rate)) : "-:--";
        string percent = ((int)(part * 100)).ToString(CultureInfo.InvariantCulture).PadLeft(3);
        return $"{act}  [{bar}] {percent}%  {Amounts.Size(now.Bytes)} of {Amounts.Size(total)}  {speed}  {left} left";
    }
}
