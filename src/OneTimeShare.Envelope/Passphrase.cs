using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// What a person adds on top of the link: UTF-8 exactly as given, not trimmed and not normalized, so that every
/// platform makes the same bytes of it. 1 to 1,024 bytes. Disposing zeroes them.
/// </summary>
public sealed class Passphrase : IDisposable
{
    /// <summary>1,024 bytes of UTF-8.</summary>
    public const int MaxLength = 1024;

    internal const int StretchedLength = 32;

    // Refuses what is not Unicode; the ordinary UTF-8 would make U+FFFD of every lone surrogate.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Argon2id Argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(
        new Argon2Parameters { MemorySize = 65_536, NumberOfPasses = 3, DegreeOfParallelism = 1 });

    private readonly byte[] _utf8;

    private Passphrase(int length) => _utf8 = GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>
    /// Reads what a person typed. An empty text means none: true, and a null passphrase. False where it is longer
    /// than <see cref="MaxLength"/> bytes or not valid Unicode.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Passphrase? passphrase)
    {
        passphrase = null;
        if (text.Length > MaxLength)
            return false;
        try
        {
            int length = StrictUtf8.GetByteCount(text);
            if (length is 0 or > MaxLength)
                return length == 0;
            passphrase = new Passphrase(length);
            StrictUtf8.GetBytes(text, passphrase._utf8);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>Argon2id v1.3 (RFC 9106) with 65,536 KiB, 3 passes, 1 lane: 64 MiB and about 100 ms.</summary>
    internal void Stretch(ReadOnlySpan<byte> salt, Span<byte> destination) =>
        Argon2id.DeriveBytes(_utf8, salt, destination);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);
}
