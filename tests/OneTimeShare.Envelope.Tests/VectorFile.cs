using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneTimeShare.Envelope.Tests;

/// <summary>A file of testkit/vectors, read as its README says and by nothing that wrote it.</summary>
internal sealed class VectorFile
{
    private readonly List<(string Field, string Value)> _lines = [];

    public VectorFile(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (string line in text[..^1].Split('\n'))
        {
            // A line without a colon goes on with the value before it.
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                _lines[^1] = (_lines[^1].Field, _lines[^1].Value + line);
            else
                _lines.Add((line[..colon], line[(colon + 1)..].TrimStart(' ')));
        }
    }

    public string Name => One("name");

    public string LinkKey => One("link-key");

    public string? Passphrase => One("passphrase") is "none" ? null : JsonText(One("passphrase"));

    public string Expect => One("expect");

    public bool Text => One("text") == "true";

    public IEnumerable<JsonElement> Files =>
        _lines.Where(line => line.Field == "file").Select(line => JsonElement.Parse(line.Value));

    public byte[] Envelope => StrictBase64Url.Decode(One("envelope"))!;

    public byte[]? Served =>
        _lines.Any(line => line.Field == "records") ? StrictBase64Url.Decode(One("records")) : null;

    private string One(string field) => Assert.Single(_lines, line => line.Field == field).Value;

    // Not the base library's: it refuses the lone surrogates that a vector is about.
    private static string JsonText(string quoted) =>
        Regex.Replace(quoted[1..^1], @"\\u([0-9a-f]{4})",
            match => $"{(char)Convert.ToUInt16(match.Groups[1].Value, 16)}");
}
