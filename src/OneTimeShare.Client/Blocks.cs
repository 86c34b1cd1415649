using System.Buffers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>
/// Room for sealed bytes, four records at a time, used again and again: no more is ever there than is held at once.
/// </summary>
internal sealed class Blocks : MemoryPool<byte>
{
    private readonly Stack<Block> _free = [];

    public override int MaxBufferSize => 4 * Records.SealedLength;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, MaxBufferSize);
        lock (_free)
            return _free.TryPop(out var block) ? block : new Block(this);
    }

    protected override void Dispose(bool disposing)
    {
        // What is left goes with this object.
    }

    private sealed class Block(Blocks blocks) : IMemoryOwner<byte>
    {
        // Who asks for room sees only what he has written: it need not be zero.
        public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(blocks.MaxBufferSize);

        public void Dispose()
        {
            lock (blocks._free)
                blocks._free.Push(this);
        }
    }
}
