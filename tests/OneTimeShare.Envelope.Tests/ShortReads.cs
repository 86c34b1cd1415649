namespace OneTimeShare.Envelope.Tests;

/// <summary>A source that gives fewer bytes than it is asked for, as a network does: these counts, over and
/// over.</summary>
internal sealed class ShortReads(byte[] bytes, int[] counts) : MemoryStream(bytes)
{
    private int _next;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(Shorter(buffer), cancellationToken);

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Shorter(buffer.Length)]);

    private Memory<byte> Shorter(Memory<byte> buffer) => buffer[..Shorter(buffer.Length)];

    private int Shorter(int wanted) => Math.Min(wanted, counts[_next++ % counts.Length]);
}
