using System.Buffers;

namespace OneTimeShare.Server.Blobs;

internal static class GatheringWrite
{
    /// <summary>In such steps a file goes to the disk while more of it is still arriving.</summary>
    private const long WritebackStep = 4 * 1024 * 1024;

    /// <summary>
    /// Writes many pieces with one call: what comes from a socket lies in pieces of 4 KiB, and a call for each is the
    /// greater part of the work.
    /// </summary>
    public static async ValueTask WriteAsync(
        this FileStream file, ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        foreach (var piece in bytes)
            pieces.Add(piece);
        long step = file.Position / WritebackStep;
        await RandomAccess.WriteAsync(file.SafeFileHandle, pieces, file.Position, cancellationToken);
        file.Position += bytes.Length;
        long steps = (file.Position / WritebackStep) - step;
        if (steps > 0)
            EarlyWriteback.Begin(file.SafeFileHandle, step * WritebackStep, steps * WritebackStep);
    }
}
