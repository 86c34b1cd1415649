using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Shares;

public sealed class SweepSharesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_blob_that_cannot_be_deleted_keeps_no_other_and_goes_once_it_can()
    {
        await using var server = await RunningServer.StartAsync();
        var blobs = new List<string>();
        for (int i = 0; i < 5; i++)
            blobs.Add(server.BlobOf(await server.CreateAsync(await Secret.SealAsync(new byte[100_000]), "?ttl=60")));
        var cancel = TestContext.Current.CancellationToken;
        string stuck = blobs[2];
        File.Delete(stuck);
        Directory.CreateDirectory(stuck);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var store = server.Services.GetRequiredService<IShareStore>();
        await UntilSweptAsync(server, () => !blobs.Exists(File.Exists));
        Assert.Contains("put off to the next minute", server.Logs.Text);

        await UntilSweptAsync(server, async () => (await store.SweepAsync(cancel)).Count == 1);
        Directory.Delete(stuck);
        await File.WriteAllBytesAsync(stuck, [1], cancel);
        await UntilSweptAsync(server, async () => (await store.SweepAsync(cancel)).Count == 0);
        Assert.False(File.Exists(stuck));
    }

    [Fact]
    public async Task An_orphan_that_cannot_be_deleted_keeps_no_other()
    {
        await using var server = await RunningServer.StartAsync();
        string[] orphans = [.. Enumerable.Range(0, 20).Select(i => OrphanIn(server.Data.Path, isStuck: i % 2 == 0))];
        string[] stuck = [.. orphans.Where((_, index) => index % 2 == 0)];
        await server.Services.GetRequiredService<SweepShares>().DeleteOrphansAsync(Cancel);
        Assert.Equal(stuck.Order(), orphans.Where(File.Exists).Order());
    }

    [Fact(Timeout = 60_000)]
    public async Task Whatever_goes_wrong_it_sweeps_again_the_next_minute()
    {
        using var folder = new TemporaryFolder();
        using var logs = new CapturedLogs();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        // A store that answers nothing that the sweeper asks, with an exception that nobody expects.
        using var sweeper = new SweepShares(
            new RacyShareStore(), new DiskBlobStore(folder.Path), clock, loggers.CreateLogger<SweepShares>());
        await sweeper.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.HoldsAsync("it has failed", () => Failures() >= 2);
        int before = Failures();
        await Eventually.HoldsAsync("it has failed again", () =>
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            return Failures() > before;
        });
        Assert.False(sweeper.ExecuteTask!.IsCompleted);
        await sweeper.StopAsync(TestContext.Current.CancellationToken);

        int Failures() => logs.Text.Split('\n').Count(
            line => line.Contains("A mistake of ours: the sweep is put off", StringComparison.Ordinal));
    }

    // The server's own sweep may hold what this one would free: both end.
    private static Task UntilSweptAsync(RunningServer server, Func<bool> isDone) =>
        UntilSweptAsync(server, () => Task.FromResult(isDone()));

    private static async Task UntilSweptAsync(RunningServer server, Func<Task<bool>> isDone)
    {
        do
        {
            Cancel.ThrowIfCancellationRequested();
            await server.Services.GetRequiredService<SweepShares>().SweepAsync(Cancel);
        }
        while (!await isDone());
    }

    // What makes it stuck comes first: the server's own search may look at any moment.
    private static string OrphanIn(string folder, bool isStuck)
    {
        string name = Convert.ToHexStringLower(ShareId.Create().ToArray());
        string shard = Directory.CreateDirectory(Path.Combine(folder, "blobs", name[..2])).FullName;
        string path = Path.Combine(shard, name);
        if (isStuck)
            Directory.CreateDirectory(path + ".part");
        File.WriteAllBytes(path, [1]);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        return path;
    }
}
