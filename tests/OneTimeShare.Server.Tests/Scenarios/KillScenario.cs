using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Blobs;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Redis;
using Xunit;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>
/// Servers on one Redis of which one is killed in the middle of an act, again and again; its clients go on at another.
/// </summary>
public sealed class KillScenario(ITestOutputHelper output)
{
    private const int Count = 3;
    private const int Senders = 6;
    private const int Large = 6_000_000;

    private static readonly string[] Acts = ["create", "claim", "deliver", "acknowledge", "burn"];

    private readonly ConcurrentBag<Kept> _shares = [];
    private Killing _killing = null!;
    private int _brokenDeliveries;

    /// <summary>What its clients know of a share: who has taken it, and whether it has ended.</summary>
    private sealed record Kept(Secret Secret, string Id, string? Token, bool Ended);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task With_a_folder_nothing_is_lost_delivered_twice_or_left() => PlayAsync(bucket: null);

    [Fact]
    public async Task With_a_bucket_nothing_is_lost_delivered_twice_or_left() =>
        await PlayAsync(await (await S3Server.SharedAsync()).CreateBucketAsync());

    private async Task PlayAsync(S3Options? bucket)
    {
        using var redis = new GatedRedis();
        await using var servers = await Instances.StartAsync(Count, redis.Connection, bucket);
        _killing = new Killing(servers);
        int rounds = Rounds.Or(Acts.Length);
        for (int round = 0; round < rounds; round++)
            await PlayRoundAsync(servers, Acts[round % Acts.Length]);
        output.WriteLine($"{_shares.Count} shares, {_brokenDeliveries} large deliveries broken; requests broken by a "
            + $"kill: {_killing.Broken}");
        Assert.True(_brokenDeliveries >= rounds / 2);

        foreach (var share in _shares)
            await EndAsync(share);
        for (int number = 0; number < Count; number++)
            await servers.KillAsync(number);
        await AssertNothingIsLeftAsync(redis, servers);
    }

    private async Task PlayRoundAsync(Instances servers, string act)
    {
        _killing.ChooseVictim();
        var (large, body) = await BeginDeliveryAsync(servers[_killing.Victim]);
        _killing.Aim(act);
        await Task.WhenAll(Enumerable.Range(0, Senders)
            .Select(number => Task.Run(() => ShareUntilKilledAsync(number), Cancel)));
        await ResumeDeliveryAsync(large, body);
        await servers.RestartAsync(_killing.Victim);
    }

    private async Task ShareUntilKilledAsync(int number)
    {
        do
        {
            var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(number % 3 == 0 ? 150_000 : 1000));
            string id = await CreateAsync(secret);
            _shares.Add((number++ % 4) switch
            {
                0 => new Kept(secret, id, Token: null, Ended: false),
                1 => await EndAsync(new Kept(secret, id, Token: null, Ended: false), "burn", secret.ReceiptToken),
                2 => await TakeAsync(secret, id),
                _ => await EndAsync(await TakeAsync(secret, id), "acknowledge"),
            });
        }
        while (!_killing.IsDone);
    }

    private async Task<string> CreateAsync(Secret secret)
    {
        var (status, body) = await _killing.SendAsync("create", () => secret.Create());
        Assert.Equal(HttpStatusCode.Created, status);
        return (string)JsonNode.Parse(body)!["id"]!;
    }

    /// <summary>Two want it, whatever breaks meanwhile: one has it, and gets all of it as often as it likes.</summary>
    private async Task<Kept> TakeAsync(Secret secret, string id)
    {
        string[] tokens = [Secret.NewToken(), Secret.NewToken()];
        var claims = await Task.WhenAll(
            tokens.Select(token => _killing.SendAsync("claim", () => secret.Claim(id, token))));
        int winner = Assert.Single(Enumerable.Range(0, 2), number => claims[number].Status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Gone, claims[1 - winner].Status);
        var share = new Kept(secret, id, tokens[winner], Ended: false);
        await AssertDeliversAsync(share);
        return share;
    }

    private async Task AssertDeliversAsync(Kept share)
    {
        var (status, body) = await _killing.SendAsync("deliver", () => Secret.Fetch(share.Id, share.Token!));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(share.Secret.Records, body);
    }

    private async Task<Kept> EndAsync(Kept share, string act, string? token = null)
    {
        var (status, _) = await _killing.SendAsync(act, () => Secret.End(share.Id, token ?? share.Token!));
        Assert.Equal(HttpStatusCode.NoContent, status);
        return share with { Ended = true };
    }

    /// <summary>What was acknowledged is there still, as it was.</summary>
    private async Task EndAsync(Kept share)
    {
        if (!share.Ended && share.Token is null)
            share = await TakeAsync(share.Secret, share.Id);
        if (!share.Ended)
        {
            await AssertDeliversAsync(share);
            await EndAsync(share, "acknowledge");
        }
        var (status, _) = await _killing.SendAsync("claim", () => share.Secret.Claim(share.Id, Secret.NewToken()));
        Assert.Equal(HttpStatusCode.Gone, status);
    }

    /// <summary>A large delivery of which nothing has been read yet, and some is on its way.</summary>
    private async Task<(Kept Share, Stream Body)> BeginDeliveryAsync(ServerProcess server)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        var share = await TakeAsync(secret, await CreateAsync(secret));
        var answer = await server.Client.SendAsync(
            Secret.Fetch(share.Id, share.Token!), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (share, await answer.Content.ReadAsStreamAsync(Cancel));
    }

    private async Task ResumeDeliveryAsync(Kept share, Stream body)
    {
        using var got = new MemoryStream();
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
            var (status, rest) = await _killing.SendAsync(
                "resume", () => Secret.Fetch(share.Id, share.Token!, new RangeHeaderValue(got.Length, null)));
            Assert.Equal(HttpStatusCode.PartialContent, status);
            got.Write(rest);
        }
        Assert.Equal(share.Secret.Records, got.ToArray());
        _shares.Add(share);
    }

    private async Task AssertNothingIsLeftAsync(GatedRedis redis, Instances servers)
    {
        await using var last = await RunningServer.StartAsync([.. servers.Settings, ("OTS_DATA", servers.Folder)]);
        // Far beyond all that has been written; Redis, which says what has ended, has a clock of its own.
        last.Clock.AdjustTime(new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var sweeper = last.Services.GetRequiredService<SweepShares>();
        // What a kill has left of a mark that was being written is found by its age, which is the file system's.
        foreach (string part in Directory.GetFiles(servers.Folder, "*.part", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(part, File.GetLastWriteTimeUtc(part).AddDays(-30));
        // What nobody was told of expires; then the history is over, and with it the marks.
        foreach (var time in (TimeSpan[])[TimeSpan.FromHours(5.5), TimeSpan.FromDays(7.5)])
        {
            redis.Advance(time);
            await sweeper.SweepAsync(Cancel);
        }
        await sweeper.DeleteOrphansAsync(Cancel);

        string[] ofShares = [.. (await servers.ReadBlobsAsync()).Keys.Where(
            name => name.StartsWith("blobs", StringComparison.Ordinal)
                || name.StartsWith("claims", StringComparison.Ordinal))];
        Assert.Empty(ofShares);
        Assert.All(
            redis.Ask("KEYS", "*").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            key => Assert.StartsWith("ots:{ledger}:", key, StringComparison.Ordinal));
        Assert.Equal("0\n", redis.Ask("GET", "ots:{ledger}:used"));
        var ended = new Markers();
        foreach (var share in _shares)
            ended.AddPieces(share.Id, share.Secret.Records, every: 512);
        // The server's own sweep may be the one that has Redis write its files anew, and still be at it.
        await Eventually.HoldsAsync("what has ended is in no file of Redis", () => NothingOf(ended, redis));
    }

    private static bool NothingOf(Markers ended, GatedRedis redis)
    {
        try
        {
            return ended.FindIn(redis.ReadRaw()).Count == 0;
        }
        catch (FileNotFoundException)
        {
            return false; // Redis is putting new files in the place of the old ones
        }
    }
}
