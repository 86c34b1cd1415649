using System.Globalization;
using System.Text.Json;
using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>
/// A manifest is read exactly as the document says, which is said here once more by other means; what was read is
/// encoded to the same, and opens sealed as it does unsealed.
/// </summary>
internal sealed class ManifestTarget() : Target("manifest")
{
    private static readonly LinkKey Key = LinkKey.Create();
    private static readonly KeySchedule Keys = KeySchedule.Derive(Key, EnvelopeHeader.Create(Kdf.None), null);
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = Manifest.MaxLength };

    public override bool Takes(byte[] input)
    {
        bool isOne = Manifest.TryDecode(input, out var manifest);
        var said = Said(input);
        Promise(isOne == said is not null, "a manifest that is none, or the reverse");
        Promise(manifest is null || manifest.Files.SequenceEqual(said!.Value.Files), "other files");
        Promise(manifest is null || manifest.Text == said!.Value.Text, "another text");
        CheckSealed(input, manifest);
        if (manifest is null)
            return false;
        Promise(manifest.ContentLength is >= 0 and <= Padding.MaxLength, "too large");
        if (manifest.TryEncode(out var encoded))
        {
            Promise(Manifest.TryDecode(encoded, out var again) && again.Files.SequenceEqual(manifest.Files)
                && again.Text == manifest.Text, "encoded to another");
        }
        return true;
    }

    public override string Verdict(byte[] input) => !Manifest.TryDecode(input, out var manifest)
        ? "refused"
        : string.Join('|', [
            $"{manifest.Text}".ToLowerInvariant(),
            .. manifest.Files.Select(file => string.Create(CultureInfo.InvariantCulture,
                $"{StrictBase64Url.Encode(Utf8(file.Name))},{StrictBase64Url.Encode(Utf8(file.Type))},{file.Size}"))]);

    private static void CheckSealed(byte[] input, Manifest? manifest)
    {
        if (input.Length > 1024)
            return;
        byte[] padded = [.. input, .. Enumerable.Repeat((byte)' ', (input.Length + 255) / 256 * 256 - input.Length)];
        if (padded.Length == 0)
            return;
        long length = manifest is null ? 272 : Records.SealedLengthOf(manifest.ContentLength);
        var failure = SealedManifest.Seal(padded, Keys).Open(Keys, length, out var opened);
        Promise(manifest is null
            ? failure is EnvelopeFailure.ManifestMalformed && opened is null
            : failure is null && opened!.Files.SequenceEqual(manifest.Files), "opens otherwise sealed");
    }

    private static (IReadOnlyList<ManifestFile> Files, bool Text)? Said(byte[] input)
    {
        if (!Utf8Is(input))
            return null;
        try
        {
            using var json = JsonDocument.Parse(input, AnyDepth);
            if (json.RootElement.ValueKind != JsonValueKind.Object
                || Last(json.RootElement, "files") is not { ValueKind: JsonValueKind.Array } all)
                return null;
            ManifestFile?[] files = [.. all.EnumerateArray().Select(FileIn)];
            if (files.Length == 0 || files.Contains(null) || files.Sum(file => (decimal)file!.Size) > 1L << 48)
                return null;
            bool text = Last(json.RootElement, "text") is { ValueKind: JsonValueKind.True };
            return (files!, text && files.Length == 1);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Utf8Is(byte[] input) => System.Text.Unicode.Utf8.IsValid(input);

    private static ManifestFile? FileIn(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object
            || TextOf(Last(file, "name")) is not { } name
            || Last(file, "size") is not { ValueKind: JsonValueKind.Number } size
            || !size.GetRawText().All(char.IsAsciiDigit)
            || !decimal.TryParse(size.GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture, out decimal bytes)
            || bytes > 1L << 48)
            return null;
        var type = Last(file, "type");
        string? text = type is null ? ManifestFile.DefaultType : TextOf(type);
        return text is null ? null : new ManifestFile(name, text, (long)bytes);
    }

    private static JsonElement? Last(JsonElement json, string name)
    {
        JsonElement? last = null;
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) == name)
                last = property.Value;
        }
        return last;
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null; // a lone surrogate
        }
    }

    private static string? TextOf(JsonElement? json)
    {
        try
        {
            return json is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
