using System.Security.Cryptography;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>How a gate's identity is kept beside its marks: sixteen random bytes.</summary>
internal static class GateIdentity
{
    public const int Length = 16;

    public static byte[] Create() => RandomNumberGenerator.GetBytes(Length);

    public static Guid Read(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new Guid(bytes) : throw new StoreUnavailableException("The identity of the blob store is damaged.");
}
