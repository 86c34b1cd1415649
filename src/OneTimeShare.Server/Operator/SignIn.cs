using OneTimeShare.Server.Web;
using OneTimeShare.Server.Web.Pages;

namespace OneTimeShare.Server.Operator;

/// <summary>The way in for the operator's browser, and out.</summary>
internal static class SignIn
{
    public static IResult Show(HttpRequest request, WebOptions web) => Page(request, web, isWrong: false);

    public static async Task<IResult> HandleAsync(
        HttpContext context, OperatorGate gate, OperatorOptions options, OperatorLog log, WebOptions web,
        TimeProvider time)
    {
        var (form, problem) = await FormBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        return await gate.AdmitAsync(context, form!["password"]) switch
        {
            Admission.Right => Begin(context, options.Password!, log, web, time.GetUtcNow()),
            Admission.Wrong => Refuse(context, log, web),
            Admission.Busy => Problems.Busy,
            Admission.Refused => Results.Empty,
        };
    }

    public static async Task<IResult> EndAsync(HttpContext context, OperatorLog log, WebOptions web)
    {
        var (form, problem) = await FormBody.ReadAsync(context.Request);
        if (problem is not null)
            return problem;
        if (OperatorVisit.Of(context).Session?.IsOwnForm(form!["form_token"]) == false)
            return Problems.CrossSite;
        OperatorSession.End(context, web);
        log.SignedOut(context);
        return new SeeOther(ServerAddress.PathBase(context.Request, web) + "/admin/sign-in");
    }

    private static SeeOther Begin(
        HttpContext context, OperatorPassword password, OperatorLog log, WebOptions web, DateTimeOffset now)
    {
        OperatorSession.Begin(password, now).Write(context, web, now);
        log.SignedIn(context);
        return new SeeOther(ServerAddress.PathBase(context.Request, web) + "/admin");
    }

    private static IResult Refuse(HttpContext context, OperatorLog log, WebOptions web)
    {
        log.Refused(context);
        return context.Request.PrefersHtml() ? Page(context.Request, web, isWrong: true) : Problems.Operator;
    }

    private static IResult Page(HttpRequest request, WebOptions web, bool isWrong) =>
        Results.RazorSlice<SignInPage, SignInModel>(
            new SignInModel(ServerAddress.PathBase(request, web), isWrong),
            isWrong ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
}
