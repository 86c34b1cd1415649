using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneTimeShare.Server.Web;

/// <summary>Reads the small JSON of a request; its length is bounded for the whole server.</summary>
internal static class JsonBody
{
    /// <summary>The value, or the problem: 415 for another media type, 400 for what is not this JSON.</summary>
    public static async ValueTask<(T? Value, Problem? Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        if (!request.IsOfType("application/json"))
            return (null, Problems.UnsupportedMediaType);
        try
        {
            var value = await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted);
            return value is null ? (null, Problems.BadRequest) : (value, null);
        }
        catch (JsonException)
        {
            return (null, Problems.BadRequest);
        }
    }
}
