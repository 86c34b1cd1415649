using System.Buffers.Binary;

namespace OneTimeShare.Envelope;

/// <summary>
/// The nonce of a record: an 11-byte big-endian counter, then 1 for the last record and 0 for the others: the STREAM
/// construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015), as age uses it. The last record cannot be dropped,
/// doubled, moved or followed by another without a wrong nonce somewhere.
/// </summary>
internal static class RecordNonce
{
    public const int Length = 12;

    public static void Write(Span<byte> nonce, long index, bool last)
    {
        // A fixed key and a counter that never repeats under it: each content key seals one envelope.
        nonce[..3].Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], index);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
