using System.Net;

namespace OneTimeShare.Benchmarks.Servers;

/// <summary>The server that all of this is about: the native program, or the one that <c>dotnet</c> runs.</summary>
internal static class Product
{
    public const string NativeFolder = "artifacts/publish";
    public const string BuiltFolder = "src/OneTimeShare.Server/bin/Release/net10.0";

    private const string Native = NativeFolder + "/ots-server";
    private const string Built = BuiltFolder + "/ots-server.dll";

    public static bool HasNative => File.Exists(Native);

    /// <param name="folder">For its data.</param>
    /// <param name="native">Whether the native program is measured.</param>
    /// <param name="redis">Where its shares are kept; null for SQLite.</param>
    public static Task<ServerProcess> StartAsync(string folder, bool native, IPEndPoint? redis = null) =>
        StartAsync(folder, native, new Dictionary<string, string>
        {
            ["OTS_REDIS"] = redis?.ToString() ?? "",
            ["OTS_MAX_SIZE"] = "8GiB",
            ["OTS_RATE_LIMITS"] = "off",
        });

    /// <param name="folder">For its data.</param>
    /// <param name="native">Whether it is the native program.</param>
    /// <param name="settings">On top of what every server here needs.</param>
    public static Task<ServerProcess> StartAsync(
        string folder, bool native, IReadOnlyDictionary<string, string> settings)
    {
        var address = ServerProcess.FreeAddress();
        return ServerProcess.StartAsync(
            native ? [Path.GetFullPath(Native)] : ["dotnet", Path.GetFullPath(Built)],
            new Dictionary<string, string>(settings)
            {
                ["ASPNETCORE_URLS"] = $"http://{address}",
                ["OTS_BASE_URL"] = $"http://{address}",
                ["OTS_DATA"] = folder,
                ["OTS_EXTENSIONS"] = "*",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            address,
            "/health/live");
    }
}
