using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Doors;
using OneTimeShare.Server.Settings;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using OneTimeShare.Server.Web;

// The program's own folder, not the current one, is where its pages' styles are.
var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
{
    Args = args,
    ContentRootPath = AppContext.BaseDirectory,
});
var settings = ServerSettings.Read(builder.Configuration, out var problems);
if (problems.Count > 0)
{
    foreach (string problem in problems)
        Console.Error.WriteLine($"ots-server: {problem}");
    return 1;
}

builder.UseQuietLogs();
builder.UseBoundedKestrel();
builder.WebHost.UseStaticWebAssets();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(settings.Shares).AddSingleton(settings.Web);
builder.Services.AddSingleton<IShareStore>(services => new SqliteShareStore(
    settings.DataFolder, settings.Shares, services.GetRequiredService<TimeProvider>()));
builder.Services.AddSingleton<IBlobStore>(new DiskBlobStore(settings.DataFolder));
builder.Services.AddSingleton<CreateRules>().AddSingleton<EnvelopeIntake>();
builder.Services.AddSingleton<Argon2Gate>().AddSingleton<UploadDoor>().AddSingleton<TakeDoor>();
builder.Services.AddSingleton<SweepShares>().AddHostedService(services => services.GetRequiredService<SweepShares>());
builder.Services.AddSingleton<Health>();
builder.Services.AddRateLimits(settings.Rates);
builder.Services.AddJson();

var app = builder.Build();
app.UseForwarded(settings.Web);
app.UseSecurityHeaders();
app.UseProblems();
app.UseRouting();
app.UseRateLimiter();
app.MapShares();
app.MapDoors();
app.MapStaticAssets();
Health.Map(app);
app.SayWhereItListens(settings.Web);
try
{
    app.Run();
    return 0;
}
catch (Exception exception) when (exception is StoreUnavailableException or StorageFullException or IOException)
{
    // The folder, the disk, the port: the operator's to mend, and not by reading a stack trace.
    Console.Error.WriteLine($"ots-server: {exception.Message}");
    return 1;
}
