using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using OneTimeShare.Client;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Settings;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>Every byte string has exactly one text: what is read is written back as it was.</summary>
internal sealed class Base64UrlTarget() : Target("base64url")
{
    public override bool Takes(byte[] input)
    {
        string text = Text(input);
        var bytes = StrictBase64Url.Decode(text);
        Promise(bytes is null || StrictBase64Url.Encode(bytes) == text, "another text of the same bytes");
        Promise(StrictBase64Url.Decode(StrictBase64Url.Encode(input))!.AsSpan().SequenceEqual(input), "other bytes");
        // By the base library's other decoder.
        bool isOne = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') && text.Length % 4 != 1
            && Convert.ToBase64String(Convert.FromBase64String(Padded(text))) == Padded(text);
        Promise(isOne == bytes is not null, "a text that is none, or the reverse");
        Promise(ShareId.TryParse(text, out var id) == (isOne && text.Length == 22), "an id");
        Promise(!isOne || text.Length != 22 || id.ToString() == text, "an id that is written otherwise");
        bool isKey = LinkKey.TryParse(text, out var key);
        Promise(isKey == (isOne && text.Length == 43), "a link key");
        Promise(!isKey || key!.ToFragment() == text, "a link key that is written otherwise");
        key?.Dispose();
        return isOne;
    }

    private static string Padded(string text) =>
        text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
}

/// <summary>A link is read back as the same one, and is never for another scheme.</summary>
internal sealed class LinkTarget() : Target("link")
{
    public override bool Takes(byte[] input)
    {
        string text = Text(input);
        bool isReceipt = ReceiptLink.TryParse(text, out var receipt);
        if (isReceipt)
        {
            Promise(receipt!.Server.Scheme is "http" or "https", "another scheme");
            Promise(ReceiptLink.TryParse(receipt.ToLink(), out var again) && again == receipt, "another receipt link");
        }
        if (!ShareLink.TryParse(text, out var link))
            return isReceipt;
        Promise(link.Server.Scheme is "http" or "https" && link.Server.AbsoluteUri.EndsWith('/'), "another server");
        string key = link.LinkKey.ToFragment();
        // What has its key before the # as well, perhaps with line ends that an address drops, gave it away itself.
        Promise(text.Split('#')[0].ReplaceLineEndings("").Contains(key) || !$"{link}".Contains(key), "a key");
        Promise(ShareLink.TryParse(link.ToLink(), out var same) && same.ToLink() == link.ToLink(), "another link");
        Promise(text.TrimEnd().EndsWith('#' + key), "another key");
        link.Dispose();
        same!.Dispose();
        return true;
    }
}

/// <summary>A passphrase is taken as it is, or refused: 1 to 1,024 bytes of valid Unicode.</summary>
internal sealed class PassphraseTarget() : Target("passphrase")
{
    public override bool Takes(byte[] input)
    {
        string text = Text(input);
        bool isOne = Passphrase.TryParse(text, out var passphrase);
        bool isUnicode = text.EnumerateRunes().Sum(rune => rune.Utf16SequenceLength) == text.Length
            && string.Concat(text.EnumerateRunes()) == text;
        int length = text.EnumerateRunes().Sum(rune => rune.Utf8SequenceLength);
        Promise(isOne == (isUnicode && length <= Passphrase.MaxLength), "taken, or the reverse");
        Promise(passphrase is null == (!isOne || text == ""), "one that is none");
        passphrase?.Dispose();
        return isOne;
    }
}

/// <summary>Names come out clean, each different, whatever they were.</summary>
internal sealed class NamesTarget() : Target("names")
{
    public override bool Takes(byte[] input)
    {
        string[] names = Names(input);
        var safe = Safe(names);
        Promise(safe.Count == names.Length && safe.Distinct().Count() == names.Length, "two of one name");
        foreach (string name in safe)
        {
            Promise(name is not ("" or "." or "..") && name.AsSpan().IndexOfAny('/', '\\') < 0, "a path");
            Promise(!name.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029'), "a control character");
            Promise(!name.Any(c => c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e')
                or (>= '\u2066' and <= '\u2069')), "a bidirectional character");
            Promise(FileNames.Clean(name) == name, "a name that is cleaned twice");
        }
        return safe.SequenceEqual(names);
    }

    // A manifest has no name that is not Unicode.
    internal static string[] Names(byte[] input) =>
        string.Concat(Text(input).EnumerateRunes()).Split('|');

    private static IReadOnlyList<string> Safe(string[] names) => FileNames.Safe(new Manifest(
        [.. names.Select(name => new ManifestFile(name, ManifestFile.DefaultType, 0))], false));
}

/// <summary>Times, sizes and rates are what their digits say, or refused.</summary>
internal sealed partial class NumbersTarget() : Target("numbers")
{
    private static readonly Dictionary<string, long> Times =
        new() { [""] = 1, ["s"] = 1, ["m"] = 60, ["h"] = 3600, ["d"] = 86_400 };

    private static readonly Dictionary<string, long> Sizes = new()
    {
        [""] = 1,
        ["B"] = 1,
        ["kB"] = 1000,
        ["KB"] = 1000,
        ["MB"] = 1_000_000,
        ["GB"] = 1_000_000_000,
        ["TB"] = 1_000_000_000_000,
        ["KiB"] = 1L << 10,
        ["MiB"] = 1L << 20,
        ["GiB"] = 1L << 30,
        ["TiB"] = 1L << 40,
    };

    public override bool Takes(byte[] input)
    {
        string text = Text(input);
        bool isTime = Lifetime.TryParse(text, out var time);
        var seconds = Said(text, Times, "", (BigInteger)100 * 366 * 86_400);
        Promise(isTime == seconds is not null, "a time that is none, or the reverse");
        Promise(seconds is null || (BigInteger)time.TotalSeconds == seconds, "another time");

        bool isSize = ByteSize.TryParse(text, out long size);
        var bytes = Said(text, Sizes, " *", long.MaxValue);
        Promise(isSize == bytes is not null, "a size that is none, or the reverse");
        Promise(bytes is null || size == bytes, "another size");

        bool isRate = Rate.TryParse(text, out var rate);
        Promise(isRate == (RateText().Match(text) is { Success: true } match
            && BigInteger.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var count
            && count > 0 && count <= int.MaxValue), "a rate that is none, or the reverse");
        Promise(!isRate || rate.Count > 0 && rate.Window >= TimeSpan.FromSeconds(1), "another rate");
        return isTime || isSize || isRate;
    }

    private static BigInteger? Said(string text, Dictionary<string, long> units, string between, BigInteger most)
    {
        var match = Regex.Match(text, $@"\A([0-9]+){between}({string.Join('|', units.Keys.Where(k => k != ""))}|)\z");
        if (!match.Success || (match.Groups[2].Value == "" && text.EndsWith(' ')))
            return null;
        var value = BigInteger.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        value *= units[match.Groups[2].Value];
        return value <= most ? value : null;
    }

    [GeneratedRegex(@"\A([0-9]+)/[smhd]\z")]
    private static partial Regex RateText();
}
