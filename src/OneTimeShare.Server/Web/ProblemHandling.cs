using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

/// <summary>
/// Turns what went wrong, outside or inside, into problem details; nothing of a request reaches the log.
/// </summary>
internal static partial class ProblemHandling
{
    public static void UseProblems(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("OneTimeShare.Server.Problems");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (Exception exception) when (IsOver(exception, context))
            {
                // Nobody is there to hear of it.
            }
            catch (Exception exception)
            {
                var problem = For(exception, context, logger);
                if (context.Response.HasStarted)
                    context.Abort(); // a broken connection is the one way left to say that this is not all
                else
                    await AnswerAsync(context, problem);
            }
        });
        app.UseStatusCodePages(status => AnswerAsync(
            status.HttpContext, Problems.ForStatus(status.HttpContext.Response.StatusCode)));
    }

    /// <summary>The client has gone, which the body's reader may hear of before the request does.</summary>
    private static bool IsOver(Exception exception, HttpContext context) => exception switch
    {
        ConnectionResetException or IOException { InnerException: SocketException } => true,
        OperationCanceledException or IOException => context.RequestAborted.IsCancellationRequested,
        _ => false,
    };

    private static Problem For(Exception exception, HttpContext context, ILogger logger)
    {
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
        switch (exception)
        {
            case StoreUnavailableException:
                LogUnavailable(logger, route, exception.Message);
                return Problems.Unavailable;
            case StorageFullException:
                LogFull(logger, route, exception.Message);
                return Problems.StorageFull;
            case SilentBodyException:
                return Problems.Silent;
            case BadHttpRequestException malformed:
                return Problems.ForStatus(malformed.StatusCode);
            case IOException { InnerException: OverflowException }:
                return Problems.BadRequest; // what the server says of a chunk whose length no number holds
            default:
                // Not its message, which may quote what it choked on.
                LogMistake(logger, route, exception.GetType(), exception.StackTrace);
                return Problems.Internal;
        }
    }

    private static Task AnswerAsync(HttpContext context, Problem problem)
    {
        // What was said of the answer that failed does not hold for this one.
        var headers = context.Response.Headers;
        headers.ContentDisposition = headers.AcceptRanges = headers.ContentRange = headers.ETag = default;
        headers.ContentLength = null;
        headers.ContentSecurityPolicy = SecurityHeaders.ContentSecurityPolicy;
        return problem.ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "A store does not answer, at {Route}: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string route, string reason);

    [LoggerMessage(LogLevel.Error, "There is no room, at {Route}: {Reason}")]
    private static partial void LogFull(ILogger logger, string route, string reason);

    [LoggerMessage(LogLevel.Error, "A mistake of ours, at {Route}: {Type}\n{StackTrace}")]
    private static partial void LogMistake(ILogger logger, string route, Type type, string? stackTrace);
}
