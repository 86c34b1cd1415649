using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>One behaviour, in the form that testkit/vectors/README.md describes.</summary>
internal sealed record Vector(string Name, string About, string LinkKey, string? Passphrase, byte[] Envelope)
{
    private const int LineLength = 100;

    /// <summary>Null where the envelope opens.</summary>
    public EnvelopeFailure? Failure { get; init; }

    /// <summary>What it opens to.</summary>
    public IReadOnlyList<Plain> Files { get; init; } = [];

    /// <summary>Whether it opens to one typed text.</summary>
    public bool Text { get; init; }

    /// <summary>What a server sends as the records, where that is not what the envelope holds.</summary>
    public byte[]? Served { get; init; }

    public string FileName => Name + ".vector";

    public string ToText()
    {
        var text = new StringBuilder()
            .Append("name: ").Append(Name).Append('\n')
            .Append("about: ").Append(About).Append('\n')
            .Append("link-key: ").Append(LinkKey).Append('\n')
            .Append("passphrase: ").Append(Passphrase is null ? "none" : Quoted(Passphrase)).Append('\n')
            .Append("expect: ").Append(Failure is { } failure ? Kebab($"{failure}") : "ok").Append('\n');
        if (Failure is null)
        {
            text.Append("text: ").Append(Text ? "true" : "false").Append('\n');
            foreach (var file in Files)
                text.Append("file: ").Append(Line(file)).Append('\n');
        }
        if (Served is not null)
            Append(text.Append("records:\n"), Served);
        Append(text.Append("envelope:\n"), Envelope);
        return text.ToString();
    }

    private static string Line(Plain file)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(file.Bytes));
        string size = file.Bytes.Length.ToString(CultureInfo.InvariantCulture);
        return $"{{\"name\":{Quoted(file.Name)},\"type\":{Quoted(file.Type)},\"size\":{size},"
            + $"\"sha256\":\"{hash}\",\"safe\":{Quoted(file.Safe ?? file.Name)}}}";
    }

    private static void Append(StringBuilder text, byte[] bytes)
    {
        foreach (var line in StrictBase64Url.Encode(bytes).Chunk(LineLength))
            text.Append(line).Append('\n');
    }

    // ASCII only: no editor and no checkout changes an accent, a space at the end or what is not Unicode.
    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (char unit in value)
        {
            if (unit is < ' ' or > '~' or '"' or '\\')
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            else
                quoted.Append(unit);
        }
        return quoted.Append('"').ToString();
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : $"{c}"));
}
