using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>Seals the records of one envelope, in order.</summary>
internal sealed class RecordWriter(KeySchedule keys) : IDisposable
{
    private readonly AesGcm _aes = new(keys.ContentKey, Records.TagLength);
    private long _index;

    /// <summary>Writes <c>content.Length + 16</c> bytes to <paramref name="destination"/>.</summary>
    public void Seal(ReadOnlySpan<byte> content, bool last, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[RecordNonce.Length];
        RecordNonce.Write(nonce, _index++, last);
        var tag = destination.Slice(content.Length, Records.TagLength);
        _aes.Encrypt(nonce, content, destination[..content.Length], tag);
    }

    public void Dispose() => _aes.Dispose();
}
