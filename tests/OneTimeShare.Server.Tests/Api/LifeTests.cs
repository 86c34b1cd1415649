using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

/// <summary>How a share ends, and what each side is told of it.</summary>
public class LifeTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1, 272)]
    [InlineData(65_536, 65_552)]
    [InlineData(1_000_000, 1_015_808 + (16 * 16))]
    public async Task A_lease_lasts_ten_minutes_and_the_time_of_64_kib_a_second(int length, long records)
    {
        var secret = await Secret.SealAsync(new byte[length]);
        Assert.Equal(records, secret.Records.Length);
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        var claim = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(
            server.Clock.GetUtcNow() + TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(records / 65_536.0),
            claim.GetProperty("lease_until").GetDateTimeOffset(), Tick);
    }

    [Fact]
    public async Task A_pending_share_has_a_receipt_with_its_times()
    {
        var secret = await Secret.SealAsync("hush");
        var createdAt = server.Clock.GetUtcNow();
        string id = await server.CreateAsync(secret, "?ttl=90");
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        await ReceiptIsAsync(secret, id, "pending", claimedAt: null, endedAt: null);
        using var response = await server.SendAsync(secret.Receipt(id));
        var receipt = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(createdAt.Rfc3339(), receipt.GetProperty("created_at").GetString());
        Assert.Equal((createdAt + TimeSpan.FromSeconds(90)).Rfc3339(), receipt.GetProperty("expires_at").GetString());
        Assert.False(receipt.GetProperty("locked").GetBoolean());
        Assert.Equal(0, receipt.GetProperty("failed_attempts").GetInt32());
    }

    [Fact]
    public async Task An_expired_share_counts_no_wrong_passphrase()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret, "?ttl=60");
        server.Clock.Advance(TimeSpan.FromSeconds(60));
        using var unlock = await server.SendAsync(secret.Unlock(id, Secret.NewProof()));
        await unlock.GoneAsync("expired", server.Clock.GetUtcNow());
        using var response = await server.SendAsync(secret.Receipt(id));
        var receipt = await response.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(0, receipt.GetProperty("failed_attempts").GetInt32());
    }

    [Fact]
    public async Task A_share_expires_at_its_time_and_not_a_moment_before()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret, "?ttl=60");
        var expiresAt = server.Clock.GetUtcNow() + TimeSpan.FromSeconds(60);
        server.Clock.Advance(TimeSpan.FromSeconds(60) - Tick);
        using var before = await server.SendAsync(secret.Unlock(id));
        before.Is(HttpStatusCode.OK);
        server.Clock.Advance(Tick);
        await GoneEverywhereAsync(secret, id, "expired", expiresAt);
        await ReceiptIsAsync(secret, id, "expired", claimedAt: null, endedAt: expiresAt);
    }

    [Fact]
    public async Task A_lease_may_pass_the_expiry_and_ends_unconfirmed()
    {
        var secret = await Secret.SealAsync("hush");
        string id = await server.CreateAsync(secret, "?ttl=60");
        string token = Secret.NewToken();
        server.Clock.Advance(TimeSpan.FromSeconds(59));
        var claimedAt = server.Clock.GetUtcNow();
        using var response = await server.SendAsync(secret.Claim(id, token));
        var leaseUntil = (await response.JsonAsync(HttpStatusCode.OK)).GetProperty("lease_until").GetDateTimeOffset();
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        using (var again = await server.SendAsync(Secret.Fetch(id, token)))
            again.Is(HttpStatusCode.OK);
        await ReceiptIsAsync(secret, id, "claimed", claimedAt, endedAt: null);

        server.Clock.Advance(leaseUntil - server.Clock.GetUtcNow() + Tick);
        using (var late = await server.SendAsync(Secret.Fetch(id, token)))
            await late.ProblemAsync(410, "unconfirmed", "state", "at");
        using (var repeated = await server.SendAsync(secret.Claim(id, token)))
            await repeated.ProblemAsync(410, "unconfirmed", "state", "at");
        using var receipt = await server.SendAsync(secret.Receipt(id));
        var json = await receipt.JsonAsync(HttpStatusCode.OK);
        Assert.Equal("unconfirmed", json.GetProperty("state").GetString());
        Assert.Equal(leaseUntil, json.GetProperty("ended_at").GetDateTimeOffset(), Tick);
        Assert.Equal(claimedAt.Rfc3339(), json.GetProperty("claimed_at").GetString());
    }

    [Fact]
    public async Task An_acknowledged_share_is_delivered_at_once()
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        var claimedAt = server.Clock.GetUtcNow();
        using var claim = await server.SendAsync(secret.Claim(id, token));
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        var deliveredAt = server.Clock.GetUtcNow();
        await EndAsync(id, token);
        await GoneEverywhereAsync(secret, id, "delivered", deliveredAt);
        using (var content = await server.SendAsync(Secret.Fetch(id, token)))
            await content.GoneAsync("delivered", deliveredAt);
        await ReceiptIsAsync(secret, id, "delivered", claimedAt, deliveredAt);
        Assert.False(server.Holds(secret.Records.AsSpan(1_000, 64)));

        // The first end stands.
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        await EndAsync(id, token);
        await EndAsync(id, secret.ReceiptToken);
        await ReceiptIsAsync(secret, id, "delivered", claimedAt, deliveredAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sender_burns_what_is_pending_and_what_is_claimed(bool claimed)
    {
        var secret = await Secret.SealAsync(new byte[100_000]);
        string id = await server.CreateAsync(secret);
        string token = Secret.NewToken();
        DateTimeOffset? claimedAt = null;
        if (claimed)
        {
            claimedAt = server.Clock.GetUtcNow();
            using var claim = await server.SendAsync(secret.Claim(id, token));
            claim.Is(HttpStatusCode.OK);
        }
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        var burnedAt = server.Clock.GetUtcNow();
        await EndAsync(id, secret.ReceiptToken);
        await GoneEverywhereAsync(secret, id, "burned", burnedAt);
        await ReceiptIsAsync(secret, id, "burned", claimedAt, burnedAt);
        Assert.False(server.Holds(secret.Records.AsSpan(1_000, 64)));
        using var content = await server.SendAsync(Secret.Fetch(id, token));
        if (claimed)
            await content.GoneAsync("burned", burnedAt);
        else
            await content.ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_share_is_forgotten_when_its_history_is_over()
    {
        await using var forgetful = await RunningServer.StartAsync(("OTS_HISTORY", "1h"));
        var secret = await Secret.SealAsync("hush");
        string id = await forgetful.CreateAsync(secret, "?ttl=60");
        var burnedAt = forgetful.Clock.GetUtcNow();
        using var burn = await forgetful.SendAsync(Secret.End(id, secret.ReceiptToken));
        burn.Is(HttpStatusCode.NoContent);

        forgetful.Clock.Advance(TimeSpan.FromMinutes(61) - Tick);
        using (var known = await forgetful.SendAsync(secret.Preview(id)))
            await known.GoneAsync("burned", burnedAt);
        forgetful.Clock.Advance(Tick);
        await SweptAsync(forgetful);
        foreach (var request in (HttpRequestMessage[])
            [secret.Preview(id), secret.Receipt(id), secret.AllowAttempts(id), Secret.End(id, secret.ReceiptToken)])
        {
            using var response = await forgetful.SendAsync(request);
            await response.ProblemAsync(404, "not-found");
            request.Dispose();
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sweep_frees_what_has_expired()
    {
        await using var own = await RunningServer.StartAsync();
        var large = await Secret.SealAsync(new byte[100_000]);
        var small = await Secret.SealAsync("hush");
        await own.CreateAsync(large, "?ttl=60");
        await own.CreateAsync(small, "?ttl=60");
        Assert.True(own.Holds(large.Records.AsSpan(1_000, 64)));
        Assert.True(own.Holds(small.Records));
        own.Clock.Advance(TimeSpan.FromMinutes(2));
        // The server's own sweep has begun as well, and may hold what this one would free: both end.
        while (own.Holds(large.Records.AsSpan(1_000, 64)) || own.Holds(small.Records))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await SweptAsync(own);
        }
    }

    private static Task SweptAsync(RunningServer server) =>
        server.Services.GetRequiredService<SweepShares>().SweepAsync(CancellationToken.None);

    private async Task EndAsync(string id, string token)
    {
        using var response = await server.SendAsync(Secret.End(id, token));
        response.Is(HttpStatusCode.NoContent);
        Assert.Empty(await response.BytesAsync());
    }

    private async Task GoneEverywhereAsync(Secret secret, string id, string state, DateTimeOffset at)
    {
        foreach (var request in (HttpRequestMessage[])
            [secret.Preview(id), secret.Unlock(id), secret.Claim(id, Secret.NewToken()), secret.Open(id)])
        {
            using var response = await server.SendAsync(request);
            await response.GoneAsync(state, at);
            request.Dispose();
        }
    }

    private async Task ReceiptIsAsync(
        Secret secret, string id, string state, DateTimeOffset? claimedAt, DateTimeOffset? endedAt)
    {
        using var response = await server.SendAsync(secret.Receipt(id));
        var receipt = await response.JsonAsync(HttpStatusCode.OK,
            "state", "locked", "created_at", "expires_at", "claimed_at", "ended_at", "failed_attempts");
        Assert.Equal(state, receipt.GetProperty("state").GetString());
        Assert.Equal(claimedAt?.Rfc3339(), receipt.GetProperty("claimed_at").GetString());
        Assert.Equal(endedAt?.Rfc3339(), receipt.GetProperty("ended_at").GetString());
    }
}
