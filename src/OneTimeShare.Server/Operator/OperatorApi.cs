using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

/// <summary>What only the operator may see and do: every route. Without a password there are none.</summary>
internal static class OperatorApi
{
    public static IServiceCollection AddOperator(this IServiceCollection services, OperatorOptions options)
    {
        services.AddSingleton(options).AddSingleton<OperatorGate>().AddSingleton<OperatorLog>();
        services.AddSingleton<StoreNumbers>().AddSingleton<Measures>();
        return services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, OperatorJson.Default));
    }

    public static void MapOperator(this WebApplication app, OperatorOptions options)
    {
        if (options.Password is not null || options.MetricsToken is not null)
        {
            // It measures from now on, not from when somebody first asks.
            _ = app.Services.GetRequiredService<Measures>();
            app.MapMethods("/metrics", Methods.GetAndHead, ReadMetrics.HandleAsync);
        }
        if (options.Password is null)
            return;
        app.MapMethods("/admin/sign-in", Methods.GetAndHead, SignIn.Show);
        app.MapPost("/admin/sign-in", SignIn.HandleAsync);

        var own = app.MapGroup("").AddEndpointFilter(OperatorVisit.AdmitAsync);
        own.MapMethods("/admin", Methods.GetAndHead, ShowOverview.HandleAsync);
        own.MapPost("/admin/sign-out", SignIn.EndAsync);
        own.MapMethods("/list-files", Methods.GetAndHead, ListShares.HandleAsync);
        own.MapMethods("/info/{id}", Methods.GetAndHead, InspectShare.HandleAsync);
        own.MapPost("/info/{id}", InspectShare.BurnAsync);
        own.MapMethods("/stats", Methods.GetAndHead, ReadStats.HandleAsync);
        own.MapMethods("/stats-json", Methods.GetAndHead, ReadStats.HandleJsonAsync);
    }
}
