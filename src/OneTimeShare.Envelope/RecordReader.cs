using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>Opens the records of one envelope, in order from one of them on.</summary>
internal sealed class RecordReader(KeySchedule keys, long first = 0) : IDisposable
{
    private readonly AesGcm _aes = new(keys.ContentKey, Records.TagLength);
    private long _index = first;

    /// <summary>
    /// Writes <c>record.Length - 16</c> bytes to <paramref name="destination"/>; false, with the destination zeroed,
    /// where the record does not authenticate in this place.
    /// </summary>
    public bool TryOpen(ReadOnlySpan<byte> record, bool last, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[RecordNonce.Length];
        RecordNonce.Write(nonce, _index++, last);
        int length = record.Length - Records.TagLength;
        try
        {
            _aes.Decrypt(nonce, record[..length], record[length..], destination[..length]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _aes.Dispose();
}
