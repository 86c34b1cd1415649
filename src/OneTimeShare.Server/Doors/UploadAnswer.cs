using System.Text.Json.Serialization;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

internal sealed record UploadResponse(string Id, string Link, string ReceiptLink, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(UploadResponse))]
internal sealed partial class DoorJson : JsonSerializerContext;

/// <summary>
/// Hands the sender the links: as a page, as JSON, or as lines of which the first is exactly the link.
/// </summary>
internal sealed class UploadAnswer(SealedShare share, WebOptions web) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var server = ServerAddress.Of(httpContext.Request, web);
        var answer = new UploadResponse(
            share.Id.ToString(),
            $"{server}d/{share.Id}#{share.LinkKey}",
            $"{server}r/{share.Id}#{share.ReceiptToken.ToText()}",
            share.ExpiresAt);
        string curl = CurlLine(server, share.Id.ToString(), share.LinkKey, share.HasPassphrase);

        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status201Created;
        if (httpContext.Request.PrefersHtml())
            await DoorPages.CreatedAsync(httpContext, web, answer, curl);
        else if (httpContext.Request.PrefersJson())
            await response.WriteAsJsonAsync(answer, DoorJson.Default.UploadResponse);
        else
        {
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync($"{answer.Link}\n{answer.ReceiptLink}\n{curl}\n");
        }
    }

    /// <summary>The line that takes a share into a file of its own name.</summary>
    public static string CurlLine(string server, string id, string linkKey, bool hasPassphrase) =>
        $"curl -fOJ -d key={linkKey}{(hasPassphrase ? " --data-urlencode passphrase=PASSPHRASE" : "")} {server}d/{id}";
}
