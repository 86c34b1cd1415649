using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

/// <summary>The operator, at one request.</summary>
/// <param name="Session">Null for a program, which shows the password each time.</param>
internal sealed record OperatorVisit(OperatorSession? Session)
{
    public static OperatorVisit Of(HttpContext context) => context.Features.Get<OperatorVisit>()!;

    /// <summary>Lets nobody else to the routes below.</summary>
    public static async ValueTask<object?> AdmitAsync(
        EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        if (context.Request.Bearer() is { Length: > 0 } bearer)
        {
            return await services.GetRequiredService<OperatorGate>().AdmitAsync(context, bearer) switch
            {
                Admission.Right => await NextAsync(session: null),
                Admission.Wrong => Refuse(),
                Admission.Busy => Problems.Busy,
                Admission.Refused => Results.Empty,
            };
        }

        var web = services.GetRequiredService<WebOptions>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var password = services.GetRequiredService<OperatorOptions>().Password!;
        if (OperatorSession.Read(context.Request, password, now) is not { } open)
        {
            return context.Request.PrefersHtml()
                ? new SeeOther(ServerAddress.PathBase(context.Request, web) + "/admin/sign-in") : Problems.Operator;
        }
        open.Renew(context, web, now);
        return await NextAsync(open);

        ValueTask<object?> NextAsync(OperatorSession? session)
        {
            context.Features.Set(new OperatorVisit(session));
            return next(invocation);
        }

        object? Refuse()
        {
            services.GetRequiredService<OperatorLog>().Refused(context);
            return Problems.Operator;
        }
    }
}
