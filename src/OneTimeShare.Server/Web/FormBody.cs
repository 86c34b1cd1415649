using System.Net;

namespace OneTimeShare.Server.Web;

/// <summary>A small form, <c>application/x-www-form-urlencoded</c>, in memory only and bounded in every way.</summary>
internal sealed class FormBody(Dictionary<string, string> fields)
{
    private const int MaxFields = 16;
    private const int MaxFieldLength = 4096;

    /// <summary>A lone surrogate, which no key, token or passphrase has.</summary>
    private const string Malformed = "\uD800";

    /// <summary>Empty where it was not sent; where it is no UTF-8 or was sent twice, what no field holds.</summary>
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>What a link has behind its <c>#</c>: people paste all of it where that is asked for.</summary>
    public ReadOnlySpan<char> FragmentIn(string name) =>
        this[name].AsSpan(this[name].IndexOf('#', StringComparison.Ordinal) + 1).Trim();

    public static async Task<(FormBody? Form, Problem? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.IsOfType("application/x-www-form-urlencoded"))
            return (null, Problems.UnsupportedMediaType);
        using var body = new MemoryStream(); // as long as a small body may be, which the server sees to
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return Parse(body.GetBuffer().AsSpan(0, (int)body.Length)) is { } form
            ? (form, null) : (null, Problems.BadRequest);
    }

    /// <summary>
    /// The framework's own reader leaves escapes that are no UTF-8 as they stand: another text, which would count as a
    /// wrong passphrase, or be the right one by chance.
    /// </summary>
    private static FormBody? Parse(ReadOnlySpan<byte> body)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var range in body.Split((byte)'&'))
        {
            var field = body[range];
            if (field.IsEmpty)
                continue;
            int end = field.IndexOf((byte)'=');
            var name = end < 0 ? field : field[..end];
            var value = end < 0 ? [] : field[(end + 1)..];
            if (fields.Count == MaxFields || name.Length > MaxFieldLength || value.Length > MaxFieldLength)
                return null;
            string key = Decode(name);
            fields[key] = fields.ContainsKey(key) ? Malformed : Decode(value);
        }
        return new FormBody(fields);
    }

    private static string Decode(ReadOnlySpan<byte> escaped)
    {
        byte[] text = WebUtility.UrlDecodeToBytes(escaped.ToArray(), 0, escaped.Length);
        return Utf8Text.Decode(text) ?? Malformed;
    }
}
