using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>
/// The server as it ships, on a port of its own, with its real stores in a folder of its own, and a clock that stands
/// still until a test moves it.
/// </summary>
public class RunningServer : IAsyncLifetime
{
    private readonly List<(string Name, string Value)> _settings = [("OTS_RATE_LIMITS", "off")];
    private Action<IServiceCollection> _services = _ => { };
    private Factory? _factory;

    internal TemporaryFolder Data { get; } = new();

    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2000, 1, 31, 12, 0, 0, TimeSpan.Zero));

    internal CapturedLogs Logs { get; } = new();

    /// <summary>Follows no redirect, and looks at everything that it is answered.</summary>
    internal HttpClient Http { get; private set; } = null!;

    internal Uri Address => Http.BaseAddress!;

    internal IServiceProvider Services => _factory!.Services;

    internal static Task<RunningServer> StartAsync(params (string Name, string Value)[] settings) =>
        StartAsync(_ => { }, settings);

    internal static async Task<RunningServer> StartAsync(
        Action<IServiceCollection> services, params (string Name, string Value)[] settings)
    {
        var server = new RunningServer { _services = services };
        server._settings.AddRange(settings);
        await server.InitializeAsync();
        return server;
    }

    public virtual ValueTask InitializeAsync()
    {
        _factory = new Factory(this);
        _factory.UseKestrel(0);
        _factory.StartServer();
        var answers = new CheckedHeaders(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // A connection of its own each time: the server closes idle ones by the clock that tests move.
            PooledConnectionLifetime = TimeSpan.Zero,
            RequestHeaderEncodingSelector = (_, _) => new UTF8Encoding(false),
            ResponseHeaderEncodingSelector = (_, _) => new UTF8Encoding(false),
        });
        // Below a path the same is described, under other addresses.
        bool isAtRoot = _settings.All(setting => setting.Name != "OTS_BASE_URL");
        Http = new HttpClient(isAtRoot ? new DescribedAnswers(answers) : answers)
        {
            BaseAddress = _factory.ClientOptions.BaseAddress,
            Timeout = TimeSpan.FromMinutes(1),
        };
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http?.Dispose();
        if (_factory is not null)
            await _factory.DisposeAsync();
        Logs.Dispose();
        Data.Dispose();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Http.SendAsync(request);

    internal Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    internal Task<HttpResponseMessage> PostAsync(
        string path, HttpContent? content, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, content, headers);

    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value), name);
        return await SendAsync(request);
    }

    /// <summary>Publishes a secret by the API.</summary>
    /// <returns>The share's id.</returns>
    internal async Task<string> CreateAsync(Secret secret, string query = "")
    {
        using var response = await SendAsync(secret.Create(query));
        var json = await response.JsonAsync(HttpStatusCode.Created);
        return json.GetProperty("id").GetString()!;
    }

    /// <summary>Whether the bytes are in any file of the data folder, whatever the file is for.</summary>
    internal virtual bool Holds(ReadOnlySpan<byte> bytes) => Data.ReadRaw().AsSpan().IndexOf(bytes) >= 0;

    /// <summary>Where the records of a share lie that has more than one.</summary>
    internal string BlobOf(string id) => Assert.Single(Directory.GetFiles(
        Data.Path, Convert.ToHexStringLower(StrictBase64Url.Decode(id)!), SearchOption.AllDirectories));

    /// <summary>The records of a share are gone, and nobody knows why.</summary>
    internal virtual Task LoseBlobAsync(string id)
    {
        File.Delete(BlobOf(id));
        return Task.CompletedTask;
    }

    private protected void Set((string Name, string Value)[] settings) => _settings.AddRange(settings);

    private sealed class Factory(RunningServer server) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("OTS_DATA", server.Data.Path);
            foreach (var (name, value) in server._settings)
                builder.UseSetting(name, value);
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(server.Logs));
            builder.ConfigureServices(services =>
            {
                services.AddSingleton<TimeProvider>(server.Clock);
                server._services(services);
            });
        }
    }
}
