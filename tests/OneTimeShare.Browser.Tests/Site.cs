using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>The server as an operator runs it, as it is without settings, with a data folder of its own.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();

    internal ServerProcess Server { get; private set; } = null!;

    /// <summary>Ends in a slash.</summary>
    internal Uri Address => Server.Client.BaseAddress!;

    internal static async Task<Site> StartAsync(params (string Name, string Value)[] settings)
    {
        var site = new Site();
        site.Server = await ServerProcess.StartAsync(site._data.Path, settings);
        return site;
    }

    public async ValueTask InitializeAsync() => Server = await ServerProcess.StartAsync(_data.Path);

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _data.Dispose();
    }
}
