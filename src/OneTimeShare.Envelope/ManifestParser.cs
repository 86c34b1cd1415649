using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace OneTimeShare.Envelope;

/// <summary>Reads the JSON of a manifest, which comes from whoever made the link and may be anything.</summary>
internal static class ManifestParser
{
    // Unknown fields are ignored however deep they nest: the length of a manifest is the bound. One pass, since a
    // JsonDocument takes time in the square of the depth.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Manifest.MaxLength };

    public static bool TryParse(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out Manifest? manifest)
    {
        manifest = null;
        // The base library looks at the encoding of those strings alone that somebody asks for.
        if (!Utf8.IsValid(encoded))
            return false;
        try
        {
            var json = new Utf8JsonReader(encoded, Options);
            json.Read();
            var read = ReadManifest(ref json);
            // Nothing may follow, and what is refused is not handed out.
            manifest = json.Read() ? null : read;
            return manifest is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Of a field that is there twice the last one counts, so a bad value is remembered as null and reading goes on.
    private static Manifest? ReadManifest(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
            return null;
        ImmutableArray<ManifestFile>? files = null;
        bool text = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? field = TextOf(ref json);
            json.Read();
            if (field == "files")
            {
                files = ReadFiles(ref json);
                continue;
            }
            if (field == "text")
                text = json.TokenType == JsonTokenType.True;
            json.Skip();
        }
        return files is { Length: > 0 } some ? new Manifest(some, text && some.Length == 1) : null;
    }

    private static ImmutableArray<ManifestFile>? ReadFiles(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return null;
        }
        var files = ImmutableArray.CreateBuilder<ManifestFile>();
        bool good = true;
        long left = Padding.MaxLength;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var file = ReadFile(ref json);
            good = good && file is not null && file.Size <= left;
            if (!good)
                continue;
            left -= file!.Size;
            files.Add(file);
        }
        return good ? files.ToImmutable() : null;
    }

    private static ManifestFile? ReadFile(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }
        string? name = null, type = ManifestFile.DefaultType;
        long? size = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string? field = TextOf(ref json);
            json.Read();
            switch (field)
            {
                case "name": name = TextOf(ref json); break;
                case "type": type = TextOf(ref json); break;
                case "size": size = SizeOf(ref json); break;
            }
            json.Skip();
        }
        return name is null || type is null || size is null ? null : new ManifestFile(name, type, size.Value);
    }

    // "1e3" and "1.0" are whole numbers to some readers and not to others: digits are digits to all.
    private static long? SizeOf(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Number
        && !json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && json.TryGetInt64(out long size) ? size : null;

    private static string? TextOf(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return null;
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate, escaped
        }
    }
}
