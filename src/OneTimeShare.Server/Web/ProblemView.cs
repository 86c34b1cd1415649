using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Web;

/// <summary>A problem as a browser shows it.</summary>
internal static class ProblemView
{
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        var web = context.RequestServices.GetRequiredService<WebOptions>();
        string pathBase = ServerAddress.PathBase(context.Request, web);
        var model = new ProblemModel(
            pathBase,
            problem.Title,
            problem.Status,
            problem.Detail,
            problem.At,
            problem.AttemptsLeft,
            problem.RetryAfter,
            FormAddress(context.Request, problem) is { } path ? pathBase + path : null);
        return Results.RazorSlice<ProblemPage, ProblemModel>(model, problem.Status).ExecuteAsync(context);
    }

    /// <summary>Where the form is, which has the form's own address.</summary>
    private static string? FormAddress(HttpRequest request, Problem problem) =>
        HttpMethods.IsPost(request.Method) && MayBeginAgain(problem)
            && (request.Path.StartsWithSegments("/d") || request.Path.StartsWithSegments("/r")
                || request.Path.StartsWithSegments("/admin/sign-in"))
            ? request.Path.ToUriComponent()
            : null;

    /// <summary>
    /// What is gone is not tried again. And a new form has a new claim token, which is of no use to somebody who may
    /// have taken it before the server failed.
    /// </summary>
    private static bool MayBeginAgain(Problem problem) => problem == Problems.Busy
        || problem.Status is not StatusCodes.Status410Gone and < StatusCodes.Status500InternalServerError;
}
