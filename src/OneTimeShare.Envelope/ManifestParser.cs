using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace OneTimeShare.Envelope;

/// <summary>Reads the JSON of a manifest, which comes from whoever made the link and may be anything.</summary>
internal static class ManifestParser
{
    // Unknown fields are ignored however deep they nest: the length of a manifest is the bound.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Manifest.MaxLength };

    public static bool TryParse(ReadOnlyMemory<byte> encoded, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        // The base library looks at the encoding of those strings alone that somebody asks for.
        if (!Utf8.IsValid(encoded.Span))
            return false;
        try
        {
            using var json = JsonDocument.Parse(encoded, Options);
            return TryReadManifest(json.RootElement, out manifest);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryReadManifest(JsonElement root, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        if (root.ValueKind != JsonValueKind.Object)
            return false;
        JsonElement list = default, text = default;
        foreach (var field in root.EnumerateObject())
        {
            switch (NameOf(field))
            {
                case "files": list = field.Value; break;
                case "text": text = field.Value; break;
            }
        }
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
            return false;

        var files = ImmutableArray.CreateBuilder<ManifestFile>(list.GetArrayLength());
        long sum = 0;
        foreach (var element in list.EnumerateArray())
        {
            if (!TryReadFile(element, out var file) || file.Size > Padding.MaxLength - sum)
                return false;
            sum += file.Size;
            files.Add(file);
        }
        bool isText = files.Count == 1 && text.ValueKind == JsonValueKind.True;
        manifest = new Manifest(files.MoveToImmutable(), isText);
        return true;
    }

    private static bool TryReadFile(JsonElement element, [NotNullWhen(true)] out ManifestFile? file)
    {
        file = null;
        if (element.ValueKind != JsonValueKind.Object)
            return false;
        JsonElement name = default, type = default, size = default;
        foreach (var field in element.EnumerateObject())
        {
            switch (NameOf(field))
            {
                case "name": name = field.Value; break;
                case "type": type = field.Value; break;
                case "size": size = field.Value; break;
            }
        }
        if (!TryReadSize(size, out long bytes) || TextOf(name) is not { } fileName)
            return false;
        string? fileType = type.ValueKind == JsonValueKind.Undefined ? ManifestFile.DefaultType : TextOf(type);
        file = fileType is null ? null : new ManifestFile(fileName, fileType, bytes);
        return file is not null;
    }

    private static bool TryReadSize(JsonElement size, out long bytes)
    {
        bytes = 0;
        // "1e3" and "1.0" are whole numbers to some readers and not to others: digits are digits to all.
        return size.ValueKind == JsonValueKind.Number
            && !size.GetRawText().AsSpan().ContainsAnyExceptInRange('0', '9')
            && size.TryGetInt64(out bytes);
    }

    private static string? TextOf(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate, escaped
        }
    }

    private static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate, escaped: no field that this version knows
        }
    }
}
