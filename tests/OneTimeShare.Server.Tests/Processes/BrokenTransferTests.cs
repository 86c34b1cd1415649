using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public sealed class BrokenTransferTests : IAsyncLifetime
{
    private const int Large = 2_000_000;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(7);

    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    /// <summary>How a sender goes away.</summary>
    public enum Break
    {
        Reset,
        EndTooEarly,
    }

    public enum Door
    {
        Api,
        Raw,
        Multipart,
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ServerProcess Server => _server!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Door.Api, Break.Reset, false)]
    [InlineData(Door.Api, Break.EndTooEarly, false)]
    [InlineData(Door.Api, Break.Reset, true)]
    [InlineData(Door.Api, Break.EndTooEarly, true)]
    [InlineData(Door.Raw, Break.Reset, false)]
    [InlineData(Door.Raw, Break.EndTooEarly, true)]
    [InlineData(Door.Multipart, Break.Reset, true)]
    [InlineData(Door.Multipart, Break.EndTooEarly, false)]
    public async Task An_upload_that_breaks_off_publishes_nothing_and_leaves_nothing(Door door, Break end, bool chunked)
    {
        byte[] content = RandomNumberGenerator.GetBytes(Large);
        var secret = await Secret.SealAsync(content);
        byte[] request = await RawConnection.BytesOfAsync(Upload(door, secret), chunked);
        using var connection = await RawConnection.OpenAsync(Server);
        await connection.SendAsync(request.AsMemory(0, request.Length / 2), Cancel);
        await Eventually.HoldsAsync(
            "half of it comes to the blob", () => DataFolder.PartLength(_folder.Path) > Large / 4);

        if (end is Break.Reset)
            connection.Reset();
        else
            connection.EndSending();

        await AssertNothingIsLeftAsync(secret, content);
        Assert.Equal(0, await Server.StopAsync());
        Assert.DoesNotContain("A mistake of ours", Server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chunked_upload_without_its_last_chunk_is_not_whole()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        foreach (var door in Enum.GetValues<Door>())
        {
            // Every byte of the body is there, but not that it was the last.
            using var connection = await RawConnection.OpenAsync(Server);
            await connection.SendAsync(await RawConnection.BytesOfAsync(Upload(door, secret), chunked: true), Cancel);
            await Eventually.HoldsAsync("it comes to the blob", () => DataFolder.PartLength(_folder.Path) > Large / 2);
            connection.EndSending();
            await AssertNothingIsLeftAsync(secret, secret.Content);
        }
    }

    [Fact]
    public async Task A_slow_upload_that_goes_on_moving_is_taken()
    {
        var secret = await Secret.SealAsync("the content");
        byte[] request = await RawConnection.BytesOfAsync(secret.Create());
        using var connection = await RawConnection.OpenAsync(Server);
        int body = request.Length - secret.Envelope.Length;
        await connection.SendAsync(request.AsMemory(0, body), Cancel);
        // Slower than any rate that a web server asks for by itself, and for longer than it would have waited.
        long start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < Slow)
        {
            await connection.SendAsync(request.AsMemory(body++, 1), Cancel);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancel);
        }
        await connection.SendAsync(request.AsMemory(body), Cancel);
        Assert.Equal(HttpStatusCode.Created, await connection.ReadStatusAsync(Cancel));
    }

    [Fact]
    public async Task A_delivery_that_breaks_off_may_be_fetched_again_by_its_claimant_alone()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(8_000_000));
        string id = await Server.CreateAsync(secret);
        string token = Secret.NewToken();
        var claim = await Server.JsonAsync(secret.Claim(id, token));
        for (int attempt = 0; attempt < 3; attempt++)
            await BreakOffAsync(Secret.Fetch(id, token));

        Assert.Equal(secret.Records, await Server.BytesAsync(Secret.Fetch(id, token)));
        await AssertStillOnlyItsClaimantsAsync(secret, id, token, (string)claim["lease_until"]!);
    }

    [Fact]
    public async Task A_delivery_that_breaks_off_at_the_form_door_may_be_fetched_again_by_its_claimant_alone()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(8_000_000));
        string id = await Server.CreateAsync(secret);
        string token = Secret.NewToken();
        await BreakOffAsync(Forms.Take(id, secret.LinkKey, claimToken: token));
        var claim = await Server.JsonAsync(secret.Claim(id, token));
        await BreakOffAsync(Forms.Take(id, secret.LinkKey, claimToken: token));

        await AssertStillOnlyItsClaimantsAsync(secret, id, token, (string)claim["lease_until"]!);
        Assert.Equal(secret.Content, await Server.BytesAsync(Forms.Take(id, secret.LinkKey, claimToken: token)));
    }

    private static HttpRequestMessage Upload(Door door, Secret secret) => door switch
    {
        Door.Api => secret.Create(),
        Door.Raw => Forms.Put("a.txt", secret.Content),
        Door.Multipart => Forms.Multipart(null, ("a.txt", secret.Content)),
    };

    private async Task AssertNothingIsLeftAsync(Secret secret, byte[] content)
    {
        await Eventually.HoldsAsync("the blob is gone", () => DataFolder.Blobs(_folder.Path).Length == 0);
        Assert.Equal(0, ShareCount.In(_folder.Path));
        var markers = new Markers();
        markers.AddPieces("records", secret.Records, every: 4096);
        markers.AddPieces("content", content, every: 4096);
        Assert.Empty(markers.FindIn(_folder.Path));
    }

    /// <summary>Reads a little of the answer, and goes.</summary>
    private async Task BreakOffAsync(HttpRequestMessage request)
    {
        using var answer = await Server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancel);
        await body.ReadExactlyAsync(new byte[1000], Cancel);
    }

    private async Task AssertStillOnlyItsClaimantsAsync(Secret secret, string id, string token, string leaseUntil)
    {
        Assert.Equal("claimed", await Server.ReadStateAsync(secret, id));
        Assert.Equal(leaseUntil, (string)(await Server.JsonAsync(secret.Claim(id, token)))["lease_until"]!);
        Assert.Equal(HttpStatusCode.Gone, await Server.SendAsync(secret.Claim(id, Secret.NewToken())));
        Assert.Equal(HttpStatusCode.NotFound, await Server.SendAsync(Secret.Fetch(id, Secret.NewToken())));
        Assert.Equal(HttpStatusCode.Gone, await Server.SendAsync(Forms.Take(id, secret.LinkKey)));
    }
}
