using Microsoft.AspNetCore.WebUtilities;

namespace OneTimeShare.Server.Web;

/// <summary>A small form, <c>application/x-www-form-urlencoded</c>, in memory only and bounded in every way.</summary>
internal sealed class FormBody(Dictionary<string, Microsoft.Extensions.Primitives.StringValues> fields)
{
    private const int MaxFields = 16;
    private const int MaxFieldLength = 4096;

    /// <summary>Empty where it was not sent; where it was sent twice, what no field holds.</summary>
    public string this[string name] => fields.TryGetValue(name, out var value) ? value.ToString() : "";

    /// <summary>What a link has behind its <c>#</c>: people paste all of it where that is asked for.</summary>
    public ReadOnlySpan<char> FragmentIn(string name) =>
        this[name].AsSpan(this[name].IndexOf('#', StringComparison.Ordinal) + 1).Trim();

    public static async Task<(FormBody? Form, Problem? Problem)> ReadAsync(HttpRequest request)
    {
        if (!request.IsOfType("application/x-www-form-urlencoded"))
            return (null, Problems.UnsupportedMediaType);
        try
        {
            using var reader = new FormReader(request.Body)
            {
                ValueCountLimit = MaxFields,
                KeyLengthLimit = MaxFieldLength,
                ValueLengthLimit = MaxFieldLength,
            };
            return (new FormBody(await reader.ReadFormAsync(request.HttpContext.RequestAborted)), null);
        }
        catch (InvalidDataException)
        {
            return (null, Problems.BadRequest);
        }
    }
}
