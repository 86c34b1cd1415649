using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>A server that is killed at moments that nobody chose, and started on what it has left.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 10;
    private const int Senders = 6;
    private const int PreparedLength = 6_000_000;

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<Held> _shares = [];
    private readonly ConcurrentBag<(string Id, string LinkKey, byte[] Content)> _uploads = [];
    private readonly List<Secret> _aborted = [];
    private (Held Share, Stream Body)? _delivery;
    private int _acts;
    private int _brokenDeliveries;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_every_kill_and_what_has_ended_leaves_no_byte()
    {
        for (int round = 0; round < Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.Path);
            await AssertAllSurvivedAsync(server);
            await WorkUntilKilledAsync(server, acts: RandomNumberGenerator.GetInt32(10, 90));
        }
        await using (var server = await ServerProcess.StartAsync(_folder.Path))
            await AssertAllSurvivedAsync(server);

        Assert.True(_brokenDeliveries >= Rounds / 2, $"Only {_brokenDeliveries} deliveries were broken by a kill.");
        Assert.NotEmpty(_uploads);
        Assert.All(Enum.GetValues<Stage>(), stage => Assert.Contains(_shares, share => share.Acknowledged == stage));
        foreach (string blob in DataFolder.Blobs(_folder.Path))
            File.SetLastWriteTimeUtc(blob, File.GetLastWriteTimeUtc(blob).AddHours(-2));
        await using var last = await ServerProcess.StartAsync(_folder.Path);
        await AssertNoTraceOfTheEndedAsync();
        await AssertTheLiveAreWholeAsync(last);
    }

    public void Dispose() => _folder.Dispose();

    private async Task WorkUntilKilledAsync(ServerProcess server, int acts)
    {
        _delivery = await BeginDeliveryAsync(server);
        using var aborted = await BeginUploadAsync(server);
        _acts = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var senders = Enumerable.Range(0, Senders).Select(sender => ShareUntilKilledAsync(server, sender, () =>
        {
            if (Interlocked.Increment(ref _acts) == acts)
                enough.SetResult();
        })).ToArray();
        await enough.Task.WaitAsync(Cancel);
        await server.KillAsync();
        await Task.WhenAll(senders);
    }

    /// <summary>One act after another, each told when it is done, until nobody answers.</summary>
    private async Task ShareUntilKilledAsync(ServerProcess server, int sender, Action done)
    {
        try
        {
            for (int number = sender; ; number++)
            {
                // Some in the row, some in a blob, and some that the server seals itself.
                byte[] content = RandomNumberGenerator.GetBytes(number % 3 == 0 ? 150_000 : 1000);
                if (number % 5 == 0)
                    await UploadAsync(server, content);
                var secret = await Secret.SealAsync(content);
                var share = new Held(secret, await server.CreateAsync(secret));
                _shares.Add(share);
                done();
                foreach (var stage in LifeOf(number))
                {
                    await share.AskAsync(server, stage);
                    Assert.Equal(stage, share.Acknowledged);
                    done();
                }
            }
        }
        catch (HttpRequestException)
        {
            // It has been killed: what was not answered may have been done or not.
        }
    }

    private async Task UploadAsync(ServerProcess server, byte[] content)
    {
        var answer = await server.JsonAsync(Forms.Put("a.txt", content), HttpStatusCode.Created);
        _uploads.Add(((string)answer["id"]!, ((string)answer["link"]!).Split('#')[1], content));
    }

    private static Stage[] LifeOf(int number) => (number % 4) switch
    {
        0 => [],
        1 => [Stage.Claimed],
        2 => [Stage.Claimed, Stage.Delivered],
        _ => [Stage.Burned],
    };

    private async Task AssertAllSurvivedAsync(ServerProcess server)
    {
        if (_delivery is { } delivery)
            await ResumeDeliveryAsync(server, delivery);
        foreach (var share in _shares)
        {
            var stage = Enum.Parse<Stage>(await server.ReadStateAsync(share.Secret, share.Id), ignoreCase: true);
            Assert.True(stage == share.Acknowledged || stage == share.Asked,
                $"It is {stage}, having acknowledged {share.Acknowledged} and been asked for {share.Asked}.");
            share.Settle(stage);
            if (stage is Stage.Pending)
                Assert.Equal(HttpStatusCode.OK, await server.SendAsync(share.Secret.Preview(share.Id)));
            else
                await AssertGoneAsync(server, share, Secret.NewToken());
            if (stage is Stage.Delivered or Stage.Burned)
                await AssertGoneAsync(server, share, share.ClaimToken);
        }
    }

    private static async Task AssertGoneAsync(ServerProcess server, Held share, string token) =>
        Assert.Equal(HttpStatusCode.Gone, await server.SendAsync(share.Secret.Claim(share.Id, token)));

    /// <summary>A large delivery of which a little has been read, and the rest is on its way.</summary>
    private static async Task<(Held Share, Stream Body)> BeginDeliveryAsync(ServerProcess server)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(PreparedLength));
        var share = new Held(secret, await server.CreateAsync(secret));
        await share.AskAsync(server, Stage.Claimed);
        var answer = await server.Client.SendAsync(
            Secret.Fetch(share.Id, share.ClaimToken), HttpCompletionOption.ResponseHeadersRead, Cancel);
        return (share, await answer.Content.ReadAsStreamAsync(Cancel));
    }

    /// <summary>The rest by its range, and both together are the records.</summary>
    private async Task ResumeDeliveryAsync(ServerProcess server, (Held Share, Stream Body) delivery)
    {
        var (share, body) = delivery;
        var got = new MemoryStream();
        try
        {
            await using (body)
                await body.CopyToAsync(got, Cancel);
        }
        catch (IOException)
        {
            _brokenDeliveries++;
        }
        if (got.Length < share.Secret.Records.Length)
        {
            got.Write(await server.BytesAsync(
                Secret.Fetch(share.Id, share.ClaimToken, new RangeHeaderValue(got.Length, null)),
                HttpStatusCode.PartialContent));
        }
        Assert.Equal(share.Secret.Records, got.ToArray());
        await share.AskAsync(server, Stage.Delivered);
        _shares.Add(share);
    }

    /// <summary>An upload that never gets to its end.</summary>
    private async Task<RawConnection> BeginUploadAsync(ServerProcess server)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(1_000_000));
        _aborted.Add(secret);
        byte[] request = await RawConnection.BytesOfAsync(secret.Create());
        var connection = await RawConnection.OpenAsync(server);
        long before = DataFolder.PartLength(_folder.Path);
        await connection.SendAsync(request.AsMemory(0, request.Length - 1000), Cancel);
        await Eventually.HoldsAsync(
            "it comes to the blob", () => DataFolder.PartLength(_folder.Path) > before + 100_000);
        return connection;
    }

    private async Task AssertNoTraceOfTheEndedAsync()
    {
        var ended = new Markers();
        foreach (var secret in _shares.Where(share => !share.IsLive).Select(share => share.Secret).Concat(_aborted))
            AddAll(ended, "ended", secret);
        foreach (var (id, _, content) in _uploads)
            ended.AddPieces($"plaintext of {id}", content, every: 512);
        var live = new Markers();
        foreach (var share in _shares.Where(share => share.IsLive))
            AddAll(live, share.Id, share.Secret);

        await Eventually.IsEmptyAsync("nothing of the ended is left", () => ended.LocateIn(_folder.Path));
        // That what is there is found is what shows that nothing else is there.
        var expected = _shares.Where(share => share.IsLive).SelectMany(
            share => new[] { $"records of {share.Id}", $"manifest of {share.Id}" });
        Assert.Equal(expected.Order(), live.FindIn(_folder.Path).Order());
    }

    private async Task AssertTheLiveAreWholeAsync(ServerProcess server)
    {
        foreach (var share in _shares.Where(share => share.IsLive))
        {
            Assert.Equal(HttpStatusCode.OK, await server.SendAsync(share.Secret.Claim(share.Id, share.ClaimToken)));
            Assert.Equal(share.Secret.Records, await server.BytesAsync(Secret.Fetch(share.Id, share.ClaimToken)));
        }
        foreach (var (id, linkKey, content) in _uploads)
            Assert.Equal(content, await server.BytesAsync(Forms.Take(id, linkKey)));
    }

    private static void AddAll(Markers markers, string name, Secret secret)
    {
        // Often enough that no page of the database is without one.
        markers.AddPieces($"records of {name}", secret.Records, every: 512);
        markers.AddPieces($"manifest of {name}", secret.Manifest, every: 64);
    }
}
