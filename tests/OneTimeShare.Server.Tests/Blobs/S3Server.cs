using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using Amazon.S3;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

/// <summary>A real S3 server with its objects in memory. It ends with this process, if nobody ends it before.</summary>
internal sealed class S3Server : IDisposable
{
    private static readonly Lazy<Task<S3Server>> SharedServer = new(StartSharedAsync);

    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePorts.Next(count: 2);

    private S3Server()
    {
    }

    /// <summary>One for all tests that do it no harm.</summary>
    public static Task<S3Server> SharedAsync() => SharedServer.Value;

    private static string Scripts { get; } = Path.Combine(FindRoot(), "scripts");

    private string GatewayId => File.ReadAllText(Path.Combine(_folder.Path, "run", "client.rgw.pid")).Trim();

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await RunAsync(Path.Combine(Scripts, "s3-up"), [server._folder.Path, Text(server._port),
            Text(Environment.ProcessId)]);
        return server;
    }

    /// <summary>A bucket of a test's own.</summary>
    public async Task<S3Options> CreateBucketAsync(string accessKey = "test", string secretKey = "testtest")
    {
        var options = Options($"b{Guid.CreateVersion7():N}") with { AccessKey = accessKey, SecretKey = secretKey };
        using var client = ClientOf(options);
        await client.PutBucketAsync(options.Bucket);
        return options;
    }

    public S3Options Options(string bucket) => new(
        new Uri($"http://127.0.0.1:{_port}"), bucket, "test", "testtest", "us-east-1", PathStyle: true);

    /// <summary>The same as the environment has it.</summary>
    public static (string Name, string Value)[] Settings(S3Options options) =>
    [
        ("OTS_S3_ENDPOINT", options.Endpoint.ToString()), ("OTS_S3_BUCKET", options.Bucket),
        ("OTS_S3_ACCESS_KEY", options.AccessKey), ("OTS_S3_SECRET_KEY", options.SecretKey),
    ];

    public static AmazonS3Client ClientOf(S3Options options) => new(
        new BasicAWSCredentials(options.AccessKey, options.SecretKey),
        new AmazonS3Config
        {
            ServiceURL = options.Endpoint.ToString(),
            AuthenticationRegion = options.Region,
            ForcePathStyle = true,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
        });

    /// <summary>Lets the user few get, put and delete in a bucket, and not list it.</summary>
    public static async Task AllowFewAsync(S3Options options)
    {
        using var owner = ClientOf(options);
        await owner.PutBucketPolicyAsync(new Amazon.S3.Model.PutBucketPolicyRequest
        {
            BucketName = options.Bucket,
            Policy = $$"""
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/few"]},
                    "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                    "Resource": ["arn:aws:s3:::{{options.Bucket}}/*"]}]}
                """,
        });
    }

    /// <summary>All that lies in a bucket: keys with their bytes.</summary>
    public static async Task<Dictionary<string, byte[]>> ReadAllAsync(S3Options options)
    {
        var all = new Dictionary<string, byte[]>();
        using var client = ClientOf(options);
        foreach (string key in await ListAsync(options))
        {
            using var answer = await client.GetObjectAsync(options.Bucket, key);
            using var bytes = new MemoryStream();
            await answer.ResponseStream.CopyToAsync(bytes);
            all.Add(key, bytes.ToArray());
        }
        return all;
    }

    public static async Task<List<string>> ListAsync(S3Options options)
    {
        using var client = ClientOf(options);
        var request = new Amazon.S3.Model.ListObjectsV2Request { BucketName = options.Bucket };
        return await client.Paginators.ListObjectsV2(request).S3Objects.Select(found => found.Key).ToListAsync();
    }

    /// <summary>It answers nothing any more, and keeps its connections.</summary>
    public Task PauseAsync() => RunAsync("kill", ["-STOP", GatewayId]);

    public Task GoOnAsync() => RunAsync("kill", ["-CONT", GatewayId]);

    /// <summary>Nobody listens any more.</summary>
    public async Task KillAsync()
    {
        string id = GatewayId;
        await RunAsync("kill", ["-KILL", id]);
        while (Directory.Exists($"/proc/{id}"))
            await Task.Yield();
    }

    /// <summary>Ends it and all that it holds.</summary>
    public void Dispose()
    {
        using (var down = Process.Start(Path.Combine(Scripts, "s3-down"), [_folder.Path]))
            down.WaitForExit();
        _folder.Dispose();
    }

    private static async Task<S3Server> StartSharedAsync()
    {
        var server = await StartAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server;
    }

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "OneTimeShare.slnx")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
