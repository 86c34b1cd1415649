using OneTimeShare.Server;
using OneTimeShare.Server.Doors;
using OneTimeShare.Server.Operator;
using OneTimeShare.Server.Settings;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Uploads;
using OneTimeShare.Server.Web;

// The program's own folder, not the current one, is where its pages' styles are.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = ["--hostBuilder:reloadConfigOnChange=false", .. args],
    ContentRootPath = AppContext.BaseDirectory,
});
if (args is [HealthQuestion.Argument])
    return await HealthQuestion.AskAsync(ListenAddresses.First(builder.Configuration));
if (args is [Setting.Argument])
    return Setting.WriteAll(Console.Out);
var settings = ServerSettings.Read(builder.Configuration, out var problems);
foreach (string problem in problems)
    Console.Error.WriteLine($"ots-server: {problem}");
if (problems.Count > 0)
    return 1;

builder.UseQuietLogs(settings.JsonLogs);
builder.UseBoundedKestrel(settings.Web);
builder.WebHost.UseStaticWebAssets();
builder.Services.AddSingleton(TimeProvider.System).AddSingleton(settings.Shares).AddSingleton(settings.Web)
    .AddSingleton(settings.Web.Links);
builder.Services.AddBackends(settings);
builder.Services.AddSingleton<CreateTokens>().AddSingleton<CreateRules>().AddSingleton<EnvelopeIntake>();
builder.Services.AddSingleton<Health>().AddSingleton<Argon2Gate>().AddSingleton<UploadDoor>().AddSingleton<TakeDoor>();
builder.Services.AddSingleton<SweepShares>().AddHostedService(services => services.GetRequiredService<SweepShares>());
builder.Services.AddRateLimits(settings.Rates).AddJson();
builder.Services.AddOperator(settings.Operator).AddTelemetry(settings.SendsTelemetry);

var app = builder.Build();
_ = app.Services.GetRequiredService<CreateTokens>(); // a token may be taken from its file before anybody creates
app.UseForwarded(settings.Web);
app.UseTus();
app.UseSecurityHeaders();
app.UseProblems();
app.UseRouting();
app.UseTelemetry(settings.SendsTelemetry);
app.UseRateLimits();
app.MapShares();
app.MapUploads();
app.MapDoors();
app.MapOperator(settings.Operator);
app.MapStaticAssets();
Health.Map(app);
ApiDescription.Map(app);
app.SayWhatItIs(settings.Places, settings.Web);
try
{
    await app.CheckBackendsAsync(settings);
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (Hosting.IsForTheOperator(exception))
{
    Console.Error.WriteLine($"ots-server: {Hosting.Reason(exception, settings.Places)}");
    return 1;
}
