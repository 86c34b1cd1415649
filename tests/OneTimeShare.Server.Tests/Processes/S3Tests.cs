using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Blobs;
using OneTimeShare.Server.Tests.Stores;
using OneTimeShare.Server.Tests.Uploads;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>Servers with SQLite and a bucket, and what goes wrong between the two.</summary>
public sealed class S3Tests : IAsyncLifetime
{
    private const int Large = 20_000_000;
    private const int Half = 12_000_000;

    private readonly TemporaryFolder _folder = new();
    private S3Options _bucket = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task An_upload_goes_on_at_another_server_at_once_and_what_the_first_still_sends_counts_for_nothing()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(one, secret);
        byte[] request = await RawConnection.BytesOfAsync(secret.Append(upload, 0, secret.Envelope.Length));
        using var hanging = await RawConnection.OpenAsync(one);
        await hanging.SendAsync(request.AsMemory(0, Half), Cancel);
        await Eventually.HoldsAsync(
            "some of it comes to the bucket", async () => (await S3Server.ListAsync(_bucket)).Count > 0);

        Assert.Equal(HttpStatusCode.NoContent, await other.SendAsync(secret.Append(upload, 0, Half)));
        await hanging.SendAsync(request.AsMemory(Half), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, await hanging.ReadStatusAsync(Cancel));
        Assert.Equal(Half, await OffsetAsync(one, secret, upload));
        Assert.Equal(HttpStatusCode.NoContent, await one.SendAsync(
            secret.Append(upload, Half, secret.Envelope.Length)));
        await AssertTakenAndGoneAsync(other, secret, IdOf(upload));
    }

    [Fact]
    public async Task A_server_that_is_killed_between_and_in_pieces_goes_on_where_it_was()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload;
        await using (var server = await StartAsync())
        {
            upload = await BeginAsync(server, secret);
            foreach (var (start, end) in new[] { (0, 10), (10, 24), (24, 1_000_000), (1_000_000, Half) })
                Assert.Equal(HttpStatusCode.NoContent, await server.SendAsync(secret.Append(upload, start, end)));
            byte[] request = await RawConnection.BytesOfAsync(secret.Append(upload, Half, secret.Envelope.Length));
            using var connection = await RawConnection.OpenAsync(server);
            await connection.SendAsync(request.AsMemory(0, request.Length - 1000), Cancel);
            await server.KillAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal(Half, await OffsetAsync(again, secret, upload));
        Assert.Equal(HttpStatusCode.NoContent, await again.SendAsync(
            secret.Append(upload, Half, secret.Envelope.Length)));
        await AssertTakenAndGoneAsync(again, secret, IdOf(upload));
    }

    [Fact]
    public async Task A_bucket_that_it_cannot_use_is_named_and_no_folder_is()
    {
        using var redis = Redis.OwnRedis.Gated();
        var (exitCode, output) = await ServerProcess.RefuseAsync(
            _folder.Path, [.. S3Server.Settings(_bucket with { Bucket = "nobodys" }),
                ("OTS_REDIS", redis.Process.Address)]);
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: .+OTS_S3_BUCKET.+bucket nobodys at http.+\.\n\z", output);
        Assert.DoesNotContain(_folder.Path, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_list_is_warned_of_once()
    {
        await S3Server.AllowFewAsync(_bucket);
        await using var server = await ServerProcess.StartAsync(
            _folder.Path, S3Server.Settings(_bucket with { AccessKey = "few", SecretKey = "fewfew" }));
        Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/ready"));
        Assert.Equal(2, server.Output.Split("may not list the bucket").Length);
    }

    [Fact]
    public async Task An_upload_that_is_given_up_leaves_nothing()
    {
        await using var server = await StartAsync();
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(server, secret);
        Assert.Equal(HttpStatusCode.NoContent, await server.SendAsync(secret.Append(upload, 0, Half)));
        Assert.NotEmpty(await S3Server.ListAsync(_bucket));
        Assert.Equal(HttpStatusCode.NoContent, await server.SendAsync(secret.GiveUp(upload)));
        Assert.Empty(await S3Server.ListAsync(_bucket));
    }

    [Fact]
    public async Task What_has_expired_and_what_nobody_holds_is_deleted_and_what_lives_stays()
    {
        await using var server = new RunningS3Server();
        // The bucket has a clock of its own, which no test moves.
        server.Clock.AdjustTime(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await server.InitializeAsync();
        var living = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string id = await server.CreateAsync(living, "?ttl=3600");
        await server.CreateAsync(await Secret.SealAsync(new byte[200_000]), "?ttl=60");
        var store = new S3BlobStore(new S3Bucket(server.Bucket), TimeProvider.System);
        var orphan = ShareId.Create();
        // Not disposed, as nothing is by a process that is killed.
        var writer = await store.CreateAsync(orphan, Cancel);
        await writer.WriteAsync(RandomNumberGenerator.GetBytes(Large), Cancel);
        await Eventually.HoldsAsync("its segments are there", () => HoldsAsync(server, orphan, 2));

        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var sweeper = server.Services.GetRequiredService<SweepShares>();
        await sweeper.SweepAsync(Cancel);
        await sweeper.DeleteOrphansAsync(Cancel);
        string key = S3BlobIndex.KeyOf(new ShareId(StrictBase64Url.Decode(id)));
        var left = await S3Server.ListAsync(server.Bucket);
        Assert.Equal(4, left.Count(found => found.StartsWith(key, StringComparison.Ordinal)));
        Assert.Equal(4, left.Count);
    }

    [Fact]
    public async Task A_bucket_that_does_not_answer_is_503_and_nothing_is_lost()
    {
        using var s3 = await S3Server.StartAsync();
        _bucket = await s3.CreateBucketAsync();
        await using var server = await StartAsync();
        var (large, small) = (await Secret.SealAsync(new byte[300_000]), await Secret.SealAsync("small"));
        string id = await server.CreateAsync(large), token = Secret.NewToken();
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(large.Claim(id, token)));
        await s3.PauseAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.SendAsync(Secret.Fetch(id, token)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.SendAsync(large.Create()));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await server.GetStatusAsync("health/ready"));
        Assert.Equal(HttpStatusCode.OK, await server.GetStatusAsync("health/live"));
        await server.CreateAsync(small);
        await s3.GoOnAsync();
        Assert.Equal(large.Records, await server.BytesAsync(Secret.Fetch(id, token)));
    }

    [Fact]
    public async Task Without_its_bucket_it_does_not_start_and_says_what_to_do_in_one_line()
    {
        var (exitCode, output) = await ServerProcess.RefuseAsync(
            _folder.Path, S3Server.Settings(_bucket with { Bucket = "nobodys" }));
        Assert.Equal(1, exitCode);
        Assert.Matches(@"\Aots-server: The bucket .+ OTS_S3_BUCKET.*\.\n\z", output);
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        _folder.Path, [.. S3Server.Settings(_bucket), ("OTS_MAX_SIZE", "40MB")]);

    private static async Task<bool> HoldsAsync(RunningS3Server server, ShareId id, int objects) =>
        (await S3Server.ListAsync(server.Bucket)).Count(
            key => key.StartsWith(S3BlobIndex.KeyOf(id), StringComparison.Ordinal)) == objects;

    private async Task AssertTakenAndGoneAsync(ServerProcess server, Secret secret, string id)
    {
        string token = Secret.NewToken();
        Assert.Equal(HttpStatusCode.OK, await server.SendAsync(secret.Claim(id, token)));
        Assert.Equal(secret.Records, await server.BytesAsync(Secret.Fetch(id, token)));
        Assert.Equal(HttpStatusCode.NoContent, await server.SendAsync(Secret.End(id, token)));
        Assert.Empty(await S3Server.ListAsync(_bucket));
    }

    private static async Task<string> BeginAsync(ServerProcess server, Secret secret)
    {
        using var request = secret.Begin();
        using var begun = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        return begun.Headers.Location!.OriginalString.TrimStart('/');
    }

    private static async Task<long> OffsetAsync(ServerProcess server, Secret secret, string upload)
    {
        using var request = secret.Look(upload);
        using var looked = await server.Client.SendAsync(request, Cancel);
        return long.Parse(looked.Header("Upload-Offset")!, CultureInfo.InvariantCulture);
    }

    private static string IdOf(string upload) => upload[(upload.LastIndexOf('/') + 1)..];
}
