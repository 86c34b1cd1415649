using Microsoft.AspNetCore.Http.Metadata;

namespace OneTimeShare.Server.Web;

/// <summary>
/// For doors that bound their bodies themselves. A client that is refused unread is often still sending: only a body
/// within the web server's own limit is read on for a while, so that the client lives to see the answer.
/// </summary>
internal sealed class BodyOfAnyLength : IRequestSizeLimitMetadata
{
    public static BodyOfAnyLength Instance { get; } = new();

    public long? MaxRequestBodySize => null;
}
