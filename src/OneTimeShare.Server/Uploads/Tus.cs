using System.Globalization;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>What the protocol asks of all requests and answers: https://tus.io/protocols/resumable-upload</summary>
internal static class Tus
{
    public const string Path = "/api/v1/uploads";
    public const string Version = "1.0.0";
    public const string Extensions = "creation,expiration,termination";
    public const string ContentType = "application/offset+octet-stream";

    public const string VersionHeader = "Tus-Version";
    public const string OffsetHeader = "Upload-Offset";
    public const string LengthHeader = "Upload-Length";
    public const string DeferLengthHeader = "Upload-Defer-Length";
    private const string ResumableHeader = "Tus-Resumable";
    private const string ExpiresHeader = "Upload-Expires";

    /// <summary>Before all that answers by itself, so that every answer says its version.</summary>
    public static void UseTus(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments(Path))
            context.Response.Headers[ResumableHeader] = Version;
        return next(context);
    });

    public static ValueTask<object?> RefuseOtherVersions(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.Request.Headers[ResumableHeader] == Version)
            return next(invocation);
        context.Response.Headers[VersionHeader] = Version;
        return ValueTask.FromResult<object?>(Problems.TusVersion);
    }

    /// <summary>A number of bytes in digits.</summary>
    public static bool TryReadNumber(HttpRequest request, string header, out long number) =>
        Digits.TryParse(request.Headers[header].ToString(), out number);

    public static void SetOffset(HttpResponse response, long offset) =>
        response.Headers[OffsetHeader] = offset.ToString(CultureInfo.InvariantCulture);

    public static void SetLength(HttpResponse response, long length) =>
        response.Headers[LengthHeader] = length.ToString(CultureInfo.InvariantCulture);

    /// <summary>In whole seconds, and so never later than it is.</summary>
    public static void SetExpires(HttpResponse response, DateTimeOffset? expiresAt)
    {
        if (expiresAt is { } at)
            response.Headers[ExpiresHeader] = at.ToString("R", CultureInfo.InvariantCulture);
    }
}
