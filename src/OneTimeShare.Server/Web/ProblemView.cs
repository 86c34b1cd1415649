using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Web;

/// <summary>A problem as a browser shows it.</summary>
internal static class ProblemView
{
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        var web = context.RequestServices.GetRequiredService<WebOptions>();
        var model = new ProblemModel(
            ServerAddress.PathBase(context.Request, web), problem.Title, problem.Status, problem.Detail);
        return Results.RazorSlice<ProblemPage, ProblemModel>(model, problem.Status).ExecuteAsync(context);
    }
}
