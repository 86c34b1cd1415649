using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Tests.Blobs;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>Several server processes on one Redis, with one folder or one bucket.</summary>
internal sealed class Instances : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ServerProcess> _servers = [];
    private readonly S3Options? _bucket;
    private readonly string _redis;

    private Instances(string redis, S3Options? bucket) => (_redis, _bucket) = (redis, bucket);

    public int Count => _servers.Count;

    public ServerProcess this[int number] => _servers[number % _servers.Count];

    /// <summary>What a server is told to be one of them.</summary>
    public (string Name, string Value)[] Settings =>
        [("OTS_REDIS", _redis), ("OTS_MAX_SIZE", "40MB"), .. _bucket is null ? [] : S3Server.Settings(_bucket)];

    public string Folder => _folder.Path;

    public static async Task<Instances> StartAsync(int count, string redis, S3Options? bucket = null)
    {
        var instances = new Instances(redis, bucket);
        try
        {
            for (int number = 0; number < count; number++)
                instances._servers.Add(await instances.StartAsync());
            return instances;
        }
        catch
        {
            await instances.DisposeAsync();
            throw;
        }
    }

    public Task KillAsync(int number) => this[number].KillAsync();

    /// <summary>In the place of one that was killed.</summary>
    public async Task RestartAsync(int number)
    {
        await this[number].DisposeAsync();
        _servers[number % _servers.Count] = await StartAsync();
    }

    /// <summary>All that they keep beside Redis: names, and bytes.</summary>
    public async Task<Dictionary<string, byte[]>> ReadBlobsAsync() => _bucket is null
        ? DataFolder.Read(Folder).ToDictionary(file => Path.GetRelativePath(Folder, file.Path), file => file.Bytes)
        : await S3Server.ReadAllAsync(_bucket);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(Folder, Settings);
}
