using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Uploads;

/// <summary>Says what of the protocol is spoken here.</summary>
internal static class DescribeUploads
{
    public static NoContent Handle(HttpResponse response, CreateRules rules)
    {
        response.Headers[Tus.VersionHeader] = Tus.Version;
        response.Headers["Tus-Extension"] = Tus.Extensions;
        response.Headers["Tus-Max-Size"] = rules.MaxEnvelopeLength.ToString(CultureInfo.InvariantCulture);
        return TypedResults.NoContent();
    }
}
