using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Sources;

/// <summary>What a file is by its name, for readers that show it; most need no more than the name.</summary>
internal static class MediaTypes
{
    public static string Of(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".TXT" or ".LOG" or ".MD" or ".ENV" or ".INI" or ".CONF" or ".CFG" or ".PEM" => "text/plain",
        ".JSON" => "application/json",
        ".PDF" => "application/pdf",
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        ".ZIP" => "application/zip",
        _ => ManifestFile.DefaultType,
    };
}
