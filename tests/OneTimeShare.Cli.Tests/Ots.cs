using System.Diagnostics;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

[assembly: AssemblyFixture(typeof(OneTimeShare.Cli.Tests.Ots))]

namespace OneTimeShare.Cli.Tests;

/// <summary>The native program, published once for all tests, and a server for it.</summary>
public sealed class Ots : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();

    internal ServerProcess Server { get; private set; } = null!;

    public static string Root { get; } = FindRoot();

    /// <summary>Where <c>ots</c> is.</summary>
    public static string Folder { get; } = Path.Combine(Root, "artifacts", "publish-cli");

    public async ValueTask InitializeAsync()
    {
        using var publish = Process.Start(new ProcessStartInfo(Path.Combine(Root, "scripts", "publish-cli"))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var errors = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Assert.True(publish.ExitCode == 0, $"scripts/publish-cli failed:\n{await output}{await errors}");
        Server = await ServerProcess.StartAsync(
            _data.Path, ("OTS_MAX_SIZE", "2GiB"), ("OTS_EXTENSIONS", "*"), ("OTS_TTL_MAX", "7d"));
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _data.Dispose();
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OneTimeShare.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("These tests run from inside the repository.");
    }
}
