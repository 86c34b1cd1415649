using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace OneTimeShare.Envelope;

/// <summary>
/// The SHA-256 of a proof or a token: all that a server keeps of one. Two are compared in constant time, which
/// matters little, since nobody can choose a hash.
/// </summary>
public readonly struct Verifier : IEquatable<Verifier>
{
    /// <summary>32 bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private readonly Vector256<byte> _hash;

    /// <param name="hash">Exactly <see cref="Length"/> bytes.</param>
    public Verifier(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, Length);
        _hash = Vector256.Create(hash);
    }

    /// <summary>The verifier of what somebody shows.</summary>
    public static Verifier Of(ReadOnlySpan<byte> shown)
    {
        Span<byte> hash = stackalloc byte[Length];
        SHA256.HashData(shown, hash);
        return new Verifier(hash);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        _hash.CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Verifier other) => _hash == other._hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Verifier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash.GetHashCode();

    /// <summary>Whether both are the hash of the same thing.</summary>
    public static bool operator ==(Verifier left, Verifier right) => left.Equals(right);

    /// <summary>Whether they are not.</summary>
    public static bool operator !=(Verifier left, Verifier right) => !left.Equals(right);
}
