using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Api;

public sealed class AttemptTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Five_wrong_passphrases_at_any_door_lock_a_share_even_for_the_right_one()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await server.CreateAsync(secret);
        HttpRequestMessage[] wrong =
        [
            secret.Unlock(id, Secret.NewProof()), secret.Claim(id, Secret.NewToken(), Secret.NewProof()),
            secret.Open(id, "wrong"), secret.Unlock(id, Secret.NewProof()), secret.Open(id, "wrong again"),
        ];
        foreach (var (i, request) in wrong.Index())
        {
            using var response = await server.SendAsync(request);
            var problem = await response.ProblemAsync(403, "wrong-passphrase", "attempts_left");
            Assert.Equal(4 - i, problem.GetProperty("attempts_left").GetInt32());
        }
        await LockedAsync(secret, id, "right");
        await LockedAsync(secret, id, "wrong");
        using var preview = await server.SendAsync(secret.Preview(id));
        preview.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_sender_may_allow_more_and_nothing_is_lost()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await LockAsync(secret);
        Assert.Equal((true, 5), await LockedAndCountAsync(secret, id));
        using var allow = await server.SendAsync(secret.AllowAttempts(id));
        allow.Is(HttpStatusCode.NoContent);
        Assert.Empty(await allow.BytesAsync());
        Assert.Equal((false, 0), await LockedAndCountAsync(secret, id));
        using var claim = await server.SendAsync(secret.Claim(id, Secret.NewToken()));
        claim.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_right_passphrase_does_not_give_the_wrong_ones_back()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await server.CreateAsync(secret);
        using var wrong = await server.SendAsync(secret.Unlock(id, Secret.NewProof()));
        using var right = await server.SendAsync(secret.Unlock(id));
        right.Is(HttpStatusCode.OK);
        using var next = await server.SendAsync(secret.Unlock(id, Secret.NewProof()));
        var problem = await next.ProblemAsync(403, "wrong-passphrase", "attempts_left");
        Assert.Equal(3, problem.GetProperty("attempts_left").GetInt32());
    }

    [Fact]
    public async Task Of_many_wrong_passphrases_at_once_exactly_five_are_tried()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await server.CreateAsync(secret);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var request = (i % 8) switch
            {
                0 => secret.Open(id, "wrong"),
                < 4 => secret.Unlock(id, Secret.NewProof()),
                _ => secret.Claim(id, Secret.NewToken(), Secret.NewProof()),
            };
            using var response = await server.SendAsync(request);
            return (int)response.StatusCode;
        }));
        Assert.Equal(5, statuses.Count(status => status == 403));
        Assert.Equal(35, statuses.Count(status => status == 423));
        Assert.Equal((true, 5), await LockedAndCountAsync(secret, id));
    }

    [Fact]
    public async Task A_lock_is_of_a_pending_share_only_and_its_end_is_told_first()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await LockAsync(secret);
        var burnedAt = server.Clock.GetUtcNow();
        using var burn = await server.SendAsync(Secret.End(id, secret.ReceiptToken));
        burn.Is(HttpStatusCode.NoContent);
        Assert.Equal((false, 5), await LockedAndCountAsync(secret, id));
        foreach (var request in (HttpRequestMessage[])
            [secret.Unlock(id, Secret.NewProof()), secret.Claim(id, Secret.NewToken()), secret.Open(id, "wrong")])
        {
            using var response = await server.SendAsync(request);
            await response.GoneAsync("burned", burnedAt);
            request.Dispose();
        }
        using var allow = await server.SendAsync(secret.AllowAttempts(id));
        allow.Is(HttpStatusCode.NoContent);
        Assert.Equal((false, 0), await LockedAndCountAsync(secret, id));
    }

    [Fact]
    public async Task A_stranger_cannot_lock_what_is_not_theirs()
    {
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        var stranger = await Secret.SealAsync("not theirs", passphrase: "p");
        string id = await server.CreateAsync(secret);
        for (int i = 0; i < 6; i++)
        {
            using var unlock = await server.SendAsync(stranger.Unlock(id));
            using var open = await server.SendAsync(stranger.Open(id, "p"));
            await unlock.ProblemAsync(404, "not-found");
            await open.ProblemAsync(404, "not-found");
        }
        Assert.Equal((false, 0), await LockedAndCountAsync(secret, id));
    }

    [Fact]
    public async Task The_operator_says_how_many_attempts_there_are()
    {
        await using var strict = await RunningServer.StartAsync(("OTS_MAX_PASSPHRASE_ATTEMPTS", "1"));
        var secret = await Secret.SealAsync("hush", passphrase: "right");
        string id = await strict.CreateAsync(secret);
        using var wrong = await strict.SendAsync(secret.Unlock(id, Secret.NewProof()));
        var problem = await wrong.ProblemAsync(403, "wrong-passphrase", "attempts_left");
        Assert.Equal(0, problem.GetProperty("attempts_left").GetInt32());
        using var right = await strict.SendAsync(secret.Unlock(id));
        await right.ProblemAsync(423, "locked");
    }

    private async Task<string> LockAsync(Secret secret)
    {
        string id = await server.CreateAsync(secret);
        for (int i = 0; i < 5; i++)
        {
            using var response = await server.SendAsync(secret.Unlock(id, Secret.NewProof()));
            response.Is(HttpStatusCode.Forbidden);
        }
        return id;
    }

    private async Task LockedAsync(Secret secret, string id, string passphrase)
    {
        string? proof = passphrase == "right" ? null : Secret.NewProof();
        foreach (var request in (HttpRequestMessage[])
            [secret.Unlock(id, proof), secret.Claim(id, Secret.NewToken(), proof), secret.Open(id, passphrase)])
        {
            using var response = await server.SendAsync(request);
            await response.ProblemAsync(423, "locked");
            request.Dispose();
        }
    }

    private async Task<(bool Locked, int Failed)> LockedAndCountAsync(Secret secret, string id)
    {
        using var response = await server.SendAsync(secret.Receipt(id));
        var receipt = await response.JsonAsync(HttpStatusCode.OK);
        return (receipt.GetProperty("locked").GetBoolean(), receipt.GetProperty("failed_attempts").GetInt32());
    }
}
