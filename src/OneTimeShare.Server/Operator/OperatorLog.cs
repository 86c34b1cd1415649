using System.Net;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

/// <summary>
/// Who did what as the operator: a line for each act, with the network that it came from. A share's id is in it, which
/// opens nothing without the link's key.
/// </summary>
internal sealed partial class OperatorLog(ILogger<OperatorLog> logger)
{
    public void SignedIn(HttpContext context) => LogSignedIn(RateLimits.Network(context));

    public void SignedOut(HttpContext context) => LogSignedOut(RateLimits.Network(context));

    public void Refused(HttpContext context) => LogRefused(RateLimits.Network(context));

    public void Burned(HttpContext context, ShareId id) => LogBurned(RateLimits.Network(context), id.ToString());

    [LoggerMessage(LogLevel.Information, "The operator signed in, from {Network}")]
    private partial void LogSignedIn(IPNetwork network);

    [LoggerMessage(LogLevel.Information, "The operator signed out, from {Network}")]
    private partial void LogSignedOut(IPNetwork network);

    [LoggerMessage(LogLevel.Warning, "Somebody showed a wrong operator's password, from {Network}")]
    private partial void LogRefused(IPNetwork network);

    [LoggerMessage(LogLevel.Information, "The operator burned the share {Share}, from {Network}")]
    private partial void LogBurned(IPNetwork network, string share);
}
