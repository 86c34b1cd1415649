using System.Text;

namespace OneTimeShare.Envelope;

/// <summary>One file of a secret. The name is as its sender wrote it, hostile until <see cref="FileNames"/>
/// cleaned it.</summary>
/// <param name="Name">Any Unicode text, empty too.</param>
/// <param name="Type">A media type, as the sender says.</param>
/// <param name="Size">Bytes, 0 to 2^48.</param>
public sealed record ManifestFile(string Name, string Type, long Size)
{
    /// <summary>The type of a file whose sender names none.</summary>
    public const string DefaultType = "application/octet-stream";

    // The ordinary UTF-8, and the writer of JSON too, would make U+FFFD of every lone surrogate: another name.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The name or the type is not valid Unicode.</exception>
    internal void ThrowIfNotUnicode()
    {
        _ = StrictUtf8.GetByteCount(Name);
        _ = StrictUtf8.GetByteCount(Type);
    }
}
