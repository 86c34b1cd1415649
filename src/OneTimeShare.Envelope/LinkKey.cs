using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// 32 random bytes, carried only in a link's fragment, from which every key and proof of an envelope derives.
/// Disposing zeroes them.
/// </summary>
public sealed class LinkKey : IDisposable
{
    /// <summary>32 bytes.</summary>
    public const int Length = 32;

    // Pinned, so that the garbage collector leaves no copy behind that nobody zeroes.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(Length, pinned: true);

    private LinkKey() { }

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>A new one from the system's random numbers.</summary>
    public static LinkKey Create()
    {
        var key = new LinkKey();
        RandomNumberGenerator.Fill(key._bytes);
        return key;
    }

    /// <summary>Reads the 43 characters of a link's fragment; false for everything but canonical base64url.</summary>
    public static bool TryParse(ReadOnlySpan<char> fragment, [NotNullWhen(true)] out LinkKey? key)
    {
        var candidate = new LinkKey();
        key = StrictBase64Url.TryDecode(fragment, candidate._bytes) ? candidate : null;
        if (key is null)
            candidate.Dispose();
        return key is not null;
    }

    /// <summary>43 characters for a link's fragment: a secret, and not <c>ToString</c> so that no log gets
    /// it.</summary>
    public string ToFragment() => StrictBase64Url.Encode(_bytes);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_bytes);
}
