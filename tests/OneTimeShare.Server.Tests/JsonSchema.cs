using System.Text.Json;
using System.Text.RegularExpressions;

namespace OneTimeShare.Server.Tests;

/// <summary>As much of JSON Schema as the server's description uses; any other word is a mistake.</summary>
internal static class JsonSchema
{
    private static readonly HashSet<string> Known =
        ["type", "required", "properties", "items", "enum", "const", "pattern", "minimum", "maximum", "oneOf",
         "description", "format"];

    /// <summary>What a reference leads to; anything else is itself.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? reference.GetString()!.Split('/')[1..].Aggregate(document, (at, name) => at.GetProperty(name)) : schema;

    /// <summary>What is wrong; a member that the schema does not name is, too.</summary>
    public static IEnumerable<string> Check(JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        string? description = schema.TryGetProperty("$ref", out _) ? "$ref" : null;
        var resolved = Resolve(document, schema);
        foreach (var word in schema.EnumerateObject().Concat(resolved.EnumerateObject()))
        {
            if (word.Name != description && !Known.Contains(word.Name))
                throw new InvalidOperationException($"No test knows {word.Name} of JSON Schema.");
        }
        return CheckResolved(document, resolved, value, where);
    }

    private static IEnumerable<string> CheckResolved(
        JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("oneOf", out var choices)
            && choices.EnumerateArray().Count(choice => !Check(document, choice, value, where).Any()) != 1)
            yield return $"{where} is not one of its kinds";
        if (schema.TryGetProperty("type", out var type) && !IsOf(type, value))
        {
            yield return $"{where} is {value.ValueKind}, not {type}";
            yield break;
        }
        if (schema.TryGetProperty("enum", out var names)
            && !names.EnumerateArray().Any(name => JsonElement.DeepEquals(name, value)))
            yield return $"{where} is {value}, not one of {names}";
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
            yield return $"{where} is {value}, not {only}";
        if (schema.TryGetProperty("pattern", out var pattern)
            && !Regex.IsMatch(value.GetString()!, pattern.GetString()!, RegexOptions.CultureInvariant))
            yield return $"{where} is {value}, not {pattern}";
        if (schema.TryGetProperty("minimum", out var least) && value.GetInt64() < least.GetInt64())
            yield return $"{where} is {value}, less than {least}";
        if (schema.TryGetProperty("maximum", out var most) && value.GetInt64() > most.GetInt64())
            yield return $"{where} is {value}, more than {most}";
        foreach (string wrong in CheckMembers(document, schema, value, where))
            yield return wrong;
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (string wrong in value.EnumerateArray().SelectMany(
                (item, i) => Check(document, items, item, $"{where}[{i}]")))
                yield return wrong;
        }
    }

    private static IEnumerable<string> CheckMembers(
        JsonElement document, JsonElement schema, JsonElement value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("properties", out var properties))
            yield break;
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (string name in required.EnumerateArray().Select(name => name.GetString()!))
            {
                if (!value.TryGetProperty(name, out _))
                    yield return $"{where} has no {name}";
            }
        }
        foreach (var member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var schemaOfMember))
                yield return $"{where} has {member.Name}, which is not described";
            else
            {
                foreach (string wrong in Check(document, schemaOfMember, member.Value, $"{where}.{member.Name}"))
                    yield return wrong;
            }
        }
    }

    private static bool IsOf(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOf(one, value))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "null" => value.ValueKind == JsonValueKind.Null,
            var other => throw new InvalidOperationException($"No test knows the type {other}."),
        };
}
