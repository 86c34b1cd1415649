using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>
/// The server's description of itself, as its own file has it, to which every answer is held that any test is given.
/// </summary>
internal static partial class ApiDescriptions
{
    /// <summary>What any operation may answer, with a problem and without saying so.</summary>
    private static readonly int[] Usual = [400, 403, 404, 405, 408, 413, 415, 431, 500, 503];

    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    // Before what is made of it.
    public static JsonElement Document { get; } = Read();

    private static readonly (string Template, Regex Path, JsonElement Item)[] Paths =
        [.. Document.GetProperty("paths").EnumerateObject()
            .OrderBy(path => path.Name.Contains('{', StringComparison.Ordinal))
            .Select(path => (path.Name, PathOf(path.Name), path.Value))];

    /// <summary>Every documented method and path; a GET has its HEAD.</summary>
    public static IEnumerable<(string Method, string Path)> Operations =>
        from path in Paths
        from operation in path.Item.EnumerateObject()
        where operation.Name != "parameters"
        from method in operation.Name == "get" ? ["GET", "HEAD"] : new[] { operation.Name.ToUpperInvariant() }
        group path by (method, path.Template) into operation
        select operation.Key;

    /// <summary>All that is wrong with an answer.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">As it stood in the request, below the server's sub-path if there is one.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="type">Its media type.</param>
    /// <param name="headers">The names of its headers.</param>
    /// <param name="body">Its text, where it is JSON; else null.</param>
    public static IEnumerable<string> Check(
        string method, string path, int status, string? type, IEnumerable<string> headers, string? body)
    {
        if (OperationOf(method, path) is not { } operation)
        {
            if (status is not (404 or 405 or 403 or 400 or 413))
                yield return $"{method} {path} is not described";
            yield break;
        }
        var responses = operation.GetProperty("responses");
        if (!responses.TryGetProperty($"{status}", out var response) && !Usual.Contains(status))
        {
            yield return $"{method} {path} answers {status}, which is not described";
            yield break;
        }
        response = JsonSchema.Resolve(
            Document, response.ValueKind == JsonValueKind.Undefined ? responses.GetProperty("default") : response);
        if (response.TryGetProperty("headers", out var promised))
        {
            foreach (var header in promised.EnumerateObject().Where(one => !headers.Contains(one.Name, Names)))
                yield return $"{method} {path} answers {status} without {header.Name}";
        }
        if (method == "HEAD")
            yield break;
        bool hasContent = response.TryGetProperty("content", out var contents);
        if (type is null ? hasContent : !hasContent || !contents.TryGetProperty(type, out _))
            yield return $"{method} {path} answers {status} with {type ?? "nothing"}, which is not described";
        else if (body is not null && contents.GetProperty(type!).TryGetProperty("schema", out var schema))
        {
            using var json = JsonDocument.Parse(body);
            foreach (string wrong in JsonSchema.Check(Document, schema, json.RootElement, "the answer"))
                yield return $"{method} {path} {status}: {wrong}";
        }
    }

    private static JsonElement? OperationOf(string method, string path)
    {
        string known = path.Length > 1 ? path.TrimEnd('/') : path;
        foreach (var (_, _, item) in Paths.Where(one => one.Path.IsMatch(known)))
        {
            if (item.TryGetProperty(method.ToLowerInvariant(), out var operation)
                || (method == "HEAD" && item.TryGetProperty("get", out operation)))
                return operation;
        }
        return null;
    }

    private static Regex PathOf(string template) =>
        new("^" + Parameter().Replace(Regex.Escape(template), "[^/]*") + "$", RegexOptions.CultureInvariant);

    private static JsonElement Read()
    {
        using var resource = typeof(Program).Assembly.GetManifestResourceStream("openapi.json");
        Assert.NotNull(resource);
        using var document = JsonDocument.Parse(resource);
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"\\\{[a-z]+}")]
    private static partial Regex Parameter();
}
