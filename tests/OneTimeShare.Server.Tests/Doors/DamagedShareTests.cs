using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class DamagedShareTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Length = 300_000;

    /// <summary>In the first record, one with the last file bytes, and the last, which is all padding.</summary>
    [Theory]
    [InlineData(EnvelopeHeader.Length, false)]
    [InlineData(EnvelopeHeader.Length + (4 * 65_552) + 5, false)]
    [InlineData(-1, false)]
    [InlineData(-1, true)]
    public async Task What_does_not_verify_to_its_end_never_arrives_whole(int offset, bool zip)
    {
        var content = RandomNumberGenerator.GetBytes(Length);
        var secret = await Secret.SealAsync(zip ? [("a.bin", content), ("b.bin", [])] : [("a.bin", content)]);
        string id = await server.CreateAsync(secret), token = Secret.NewToken();
        string blob = server.BlobOf(id);
        var bytes = await File.ReadAllBytesAsync(blob, TestContext.Current.CancellationToken);
        bytes[offset < 0 ? bytes.Length + offset : offset] ^= 1;
        await File.WriteAllBytesAsync(blob, bytes, TestContext.Current.CancellationToken);

        string answer = await RawConnection.PostFormAsync(
            server, $"d/{id}", $"key={secret.LinkKey}&claim_token={token}");
        int head = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(head < 0 || answer.Length - head - 4 <= Length - (Length % 65_536) + 100, $"{answer.Length}");
        using var receipt = await server.SendAsync(secret.Receipt(id));
        Assert.Equal("claimed", (await receipt.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString());

        // The lease was not shortened, since it was no delivery.
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        using var again = await server.SendAsync(Secret.Fetch(id, token));
        again.Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_blob_that_is_cut_short_is_lost()
    {
        var secret = await Secret.SealAsync(new byte[Length]);
        string id = await server.CreateAsync(secret);
        await using (var blob = new FileStream(server.BlobOf(id), FileMode.Open))
            blob.SetLength(blob.Length - 1);
        using var response = await server.SendAsync(secret.Open(id));
        var claimedAt = server.Clock.GetUtcNow();
        await response.ProblemAsync(410, "lost", "state", "at");
        string? token = response.Header("Claim-Token");
        Assert.Equal(22, token?.Length);

        server.Clock.Advance(TimeSpan.FromMinutes(1));
        using var form = Secret.Form(("key", secret.LinkKey), ("claim_token", token!));
        using var again = await server.PostAsync($"d/{id}", form);
        var problem = await again.ProblemAsync(410, "lost", "state", "at");
        Assert.Equal(claimedAt.Rfc3339(), problem.GetProperty("at").GetString());
    }

    [Fact]
    public async Task A_manifest_that_does_not_open_takes_nothing()
    {
        var secret = await Secret.SealAsync("hush");
        secret.Envelope[EnvelopeHeader.Length + secret.Records.Length] ^= 1;
        string id = await server.CreateAsync(secret);
        using var response = await server.SendAsync(secret.Open(id));
        await response.ProblemAsync(422, "malformed-manifest");
        using var receipt = await server.SendAsync(secret.Receipt(id));
        Assert.Equal("pending", (await receipt.JsonAsync(HttpStatusCode.OK)).GetProperty("state").GetString());
    }
}
