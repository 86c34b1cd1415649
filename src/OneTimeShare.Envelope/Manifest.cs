using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneTimeShare.Envelope;

/// <summary>What a secret is made of, in the order of its bytes.</summary>
/// <param name="Files">At least one.</param>
/// <param name="Text">Whether it is one typed text.</param>
public sealed record Manifest(ImmutableArray<ManifestFile> Files, bool Text)
{
    /// <summary>65,536 bytes at most, padding and all.</summary>
    public const int MaxLength = 65_536;

    /// <summary>256 bytes: the length is a multiple of it.</summary>
    public const int LengthStep = 256;

    // Only what JSON itself wants escaped; a manifest is never HTML.
    private static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The sum of the sizes, in bytes.</summary>
    public long ContentLength => Files.Sum(file => file.Size);

    /// <summary>
    /// Encodes to JSON, padded with spaces to a multiple of <see cref="LengthStep"/>; false where that would be more
    /// than <see cref="MaxLength"/>: too many names, or too long ones.
    /// </summary>
    /// <exception cref="ArgumentException">A name or a type is not valid Unicode.</exception>
    public bool TryEncode([NotNullWhen(true)] out byte[]? encoded)
    {
        var json = new ArrayBufferWriter<byte>(LengthStep);
        using (var writer = new Utf8JsonWriter(json, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("files"u8);
            foreach (var file in Files)
            {
                file.ThrowIfNotUnicode();
                writer.WriteStartObject();
                writer.WriteString("name"u8, file.Name);
                writer.WriteString("type"u8, file.Type);
                writer.WriteNumber("size"u8, file.Size);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            if (Text)
                writer.WriteBoolean("text"u8, true);
            writer.WriteEndObject();
        }

        encoded = null;
        if (json.WrittenCount > MaxLength)
            return false;
        encoded = new byte[(json.WrittenCount + LengthStep - 1) / LengthStep * LengthStep];
        encoded.AsSpan().Fill((byte)' ');
        json.WrittenSpan.CopyTo(encoded);
        return true;
    }

    /// <summary>
    /// Decodes; false where it is not the JSON of a manifest. Unknown fields are ignored, and of a field that is there
    /// twice the last one counts. A size is written in digits only, and all together are at most 2^48.
    /// </summary>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out Manifest? manifest) =>
        ManifestParser.TryParse(encoded.Span, out manifest);
}
