using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OneTimeShare.Envelope;

/// <summary>
/// One file of a secret. The name is as its sender wrote it, hostile until <see cref="FileNames"/> cleaned it.
/// </summary>
/// <param name="Name">Any Unicode text, empty too.</param>
/// <param name="Type">A media type, as the sender says.</param>
/// <param name="Size">Bytes, 0 to 2^48.</param>
public sealed record ManifestFile(string Name, string Type, long Size)
{
    /// <summary>The type of a file whose sender names none.</summary>
    public const string DefaultType = "application/octet-stream";
}

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
    /// Decodes; false where it is not the JSON of a manifest. Unknown fields are ignored. A size is written in digits
    /// only, and all together are at most 2^48.
    /// </summary>
    public static bool TryDecode(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        try
        {
            using var json = JsonDocument.Parse(encoded);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || !json.RootElement.TryGetProperty("files"u8, out var list)
                || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
                return false;

            var files = ImmutableArray.CreateBuilder<ManifestFile>(list.GetArrayLength());
            long sum = 0;
            foreach (var element in list.EnumerateArray())
            {
                if (!TryDecodeFile(element, out var file) || file.Size > Padding.MaxLength - sum)
                    return false;
                sum += file.Size;
                files.Add(file);
            }
            bool text = files.Count == 1
                && json.RootElement.TryGetProperty("text"u8, out var flag) && flag.ValueKind == JsonValueKind.True;
            manifest = new Manifest(files.MoveToImmutable(), text);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // not JSON; or (InvalidOperationException) a string that is not valid Unicode
        }
    }

    private static bool TryDecodeFile(JsonElement element, [NotNullWhen(true)] out ManifestFile? file)
    {
        file = null;
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("name"u8, out var name) || name.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("size"u8, out var size) || size.ValueKind != JsonValueKind.Number)
            return false;

        // "1e3" and "1.0" are numbers to JSON and to some readers and not to others: digits are digits to all.
        if (size.GetRawText().AsSpan().ContainsAnyExceptInRange('0', '9') || !size.TryGetInt64(out long bytes))
            return false;

        string type = ManifestFile.DefaultType;
        if (element.TryGetProperty("type"u8, out var given))
        {
            if (given.ValueKind != JsonValueKind.String)
                return false;
            type = given.GetString()!;
        }
        file = new ManifestFile(name.GetString()!, type, bytes);
        return true;
    }
}
