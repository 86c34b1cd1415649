using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.ExceptionServices;

namespace OneTimeShare.Client;

/// <summary>
/// The sealed bytes of an envelope as they come. What has been sent is held until it is let go, so that it can be sent
/// again: nothing is ever sealed twice.
/// </summary>
internal sealed class HeldEnvelope(PipeReader envelope) : IDisposable
{
    // A request that broke may still be at it when the next one begins.
    private readonly SemaphoreSlim _turn = new(1);
    private ExceptionDispatchInfo? _failure;
    private long _seen;

    /// <summary>Throws what kept the envelope from being whole, which a broken connection does not tell.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Sends what lies between two places, both counted from the first byte that is held.</summary>
    public async Task CopyToAsync(
        Stream destination, long from, long to, Action<long> onSent, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (from < to)
            {
                var (held, isWhole) = await ReadAsync(cancellationToken);
                try
                {
                    long there = Math.Min(held.Length, to) - from;
                    if (there <= 0 && isWhole)
                        throw new InvalidOperationException("The envelope is shorter than it said.");
                    // A little at a time: what has been seen makes room for what is sealed meanwhile.
                    var next = there > 0 ? held.Slice(from, there).First : default;
                    await destination.WriteAsync(next, cancellationToken);
                    from += next.Length;
                    onSent(from);
                }
                finally
                {
                    _seen = Math.Max(_seen, Math.Min(from, held.Length));
                    envelope.AdvanceTo(held.Start, held.GetPosition(_seen));
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets the first bytes, which the server says it has: they may not be sealed yet.</summary>
    public async Task LetGoAsync(int count, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var (held, isWhole) = await ReadAsync(cancellationToken);
            while (held.Length < count && !isWhole)
            {
                _seen = held.Length;
                envelope.AdvanceTo(held.Start, held.End);
                (held, isWhole) = await ReadAsync(cancellationToken);
            }
            envelope.AdvanceTo(held.GetPosition(count));
            _seen = Math.Max(_seen - count, 0);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    // It waits for what has not been seen, which comes or is the end: the sealing waits for nobody until there is some.
    private async Task<(ReadOnlySequence<byte> Held, bool IsWhole)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await envelope.ReadAsync(cancellationToken);
            return (read.Buffer, read.IsCompleted);
        }
        catch (IOException failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
            throw;
        }
    }
}
