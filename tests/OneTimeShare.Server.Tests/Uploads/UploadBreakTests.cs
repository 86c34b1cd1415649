using System.Net;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;
using Line = OneTimeShare.Server.Tests.Processes.RawConnection;

namespace OneTimeShare.Server.Tests.Uploads;

/// <summary>What happens to an upload when connections, writers and servers go away in the middle.</summary>
public sealed class UploadBreakTests : IAsyncLifetime
{
    private const int Large = 2_000_000;

    private readonly TemporaryFolder _folder = new();
    private ServerProcess? _server;

    /// <summary>How a sender goes away.</summary>
    public enum Break
    {
        Reset,
        EndTooEarly,
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
    [InlineData(Break.Reset, false)]
    [InlineData(Break.Reset, true)]
    [InlineData(Break.EndTooEarly, false)]
    [InlineData(Break.EndTooEarly, true)]
    public async Task What_came_before_a_connection_broke_is_kept_and_the_rest_follows(Break end, bool chunked)
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        using var connection = await SendHalfAsync(secret, upload, 0, chunked);
        if (end is Break.Reset)
            connection.Reset();
        else
            connection.EndSending();

        await Eventually.HoldsAsync("what came is kept", async () => await OffsetAsync(secret, upload) > Large / 4);
        await FinishAsync(secret, upload);
    }

    [Fact]
    public async Task A_sender_whose_connection_hangs_goes_on_at_once_over_another_one()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        using var first = await SendHalfAsync(secret, upload, 0, chunked: false);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(secret.Append(upload, 0, 1_000_000)));
        Assert.Equal(1_000_000, await OffsetAsync(secret, upload));

        // What the one before had still to say counts for nothing.
        byte[] rest = await Line.BytesOfAsync(secret.Append(upload, 0, secret.Envelope.Length));
        await first.SendAsync(rest.AsMemory(rest.Length / 2), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, await first.ReadStatusAsync(Cancel));
        Assert.Equal(1_000_000, await OffsetAsync(secret, upload));
        await FinishAsync(secret, upload);
    }

    [Fact]
    public async Task Of_many_who_send_all_of_it_at_once_one_publishes_and_the_share_is_whole()
    {
        for (int round = 0; round < 5; round++)
        {
            var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(300_000 + (round * 100_000)));
            string upload = await BeginAsync(secret);
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(
                _ => SendAsync(secret.Append(upload, 0, secret.Envelope.Length))));
            Assert.InRange(answers.Count(status => status == HttpStatusCode.NoContent), 0, 1);
            Assert.All(answers, status => Assert.Contains(
                status, new[] { HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound }));
            await FinishAsync(secret, upload);
        }
    }

    [Fact]
    public async Task A_server_that_is_killed_between_two_pieces_goes_on_where_it_was()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        int at = 0;
        foreach (int end in new[] { 10, 24, 1_000_000, secret.Envelope.Length - 1000, secret.Envelope.Length - 1 })
        {
            Assert.Equal(HttpStatusCode.NoContent, await SendAsync(secret.Append(upload, at, end)));
            await RestartAsync();
            at = end;
            Assert.Equal(at, await OffsetAsync(secret, upload));
        }

        await FinishAsync(secret, upload);
        await RestartAsync();
        Assert.Equal(secret.Envelope.Length, await OffsetAsync(secret, upload));
    }

    [Fact]
    public async Task A_server_that_is_killed_in_the_middle_of_a_piece_goes_on_before_it()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(secret.Append(upload, 0, 200_000)));
        using var connection = await SendHalfAsync(secret, upload, 200_000, chunked: false);
        await RestartAsync();
        Assert.Equal(200_000, await OffsetAsync(secret, upload));
        await FinishAsync(secret, upload);
    }

    [Fact]
    public async Task A_server_that_is_stopped_keeps_what_has_come()
    {
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(secret.Append(upload, 0, 1_000_000)));
        await Server.StopAsync();
        _server = await ServerProcess.StartAsync(_folder.Path);
        Assert.Equal(1_000_000, await OffsetAsync(secret, upload));
        await FinishAsync(secret, upload);
    }

    [Fact]
    public async Task Two_servers_on_one_folder_take_turns_and_lose_nothing()
    {
        await using var other = await ServerProcess.StartAsync(_folder.Path);
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(Large));
        string upload = await BeginAsync(secret);
        Assert.Equal(HttpStatusCode.NoContent, await other.SendAsync(secret.Append(upload, 0, 500_000)));
        using var hanging = await SendHalfAsync(secret, upload, 500_000, chunked: false);

        // The other server cannot close a file of this one, so the sender is asked to come again.
        Assert.Equal(HttpStatusCode.Conflict, await other.SendAsync(secret.Append(upload, 500_000, 600_000)));
        hanging.Reset();
        await Eventually.HoldsAsync("what came is kept", async () => await OffsetAsync(secret, upload) > 600_000);
        await Eventually.HoldsAsync("the other server goes on once the first has let go", async () =>
        {
            int at = (int)(await OffsetAsync(secret, upload))!.Value;
            var status = await other.SendAsync(secret.Append(upload, at, secret.Envelope.Length));
            Assert.True(status is HttpStatusCode.NoContent or HttpStatusCode.Conflict, $"{status}");
            return status == HttpStatusCode.NoContent;
        });
        await AssertPublishedAsync(secret, upload);
    }

    private static string IdOf(string upload) => upload[(upload.LastIndexOf('/') + 1)..];

    private Task<HttpStatusCode> SendAsync(HttpRequestMessage request) => Server.SendAsync(request);

    private async Task<string> BeginAsync(Secret secret)
    {
        using var request = secret.Begin();
        using var begun = await Server.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        return begun.Headers.Location!.OriginalString.TrimStart('/');
    }

    private async Task<long?> OffsetAsync(Secret secret, string upload)
    {
        using var request = secret.Look(upload);
        using var looked = await Server.Client.SendAsync(request, Cancel);
        return looked.StatusCode == HttpStatusCode.OK
            ? long.Parse(looked.Header("Upload-Offset")!, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Sends half of what is left in one piece, and waits until the server has written most of it.</summary>
    private async Task<Line> SendHalfAsync(Secret secret, string upload, int start, bool chunked)
    {
        byte[] request = await Line.BytesOfAsync(
            secret.Append(upload, start, secret.Envelope.Length), chunked);
        var connection = await Line.OpenAsync(Server);
        int half = request.Length / 2;
        await connection.SendAsync(request.AsMemory(0, half), Cancel);
        await Eventually.HoldsAsync(
            "half of it comes to the blob", () => DataFolder.PartLength(_folder.Path) > start + half - 100_000);
        return connection;
    }

    private async Task FinishAsync(Secret secret, string upload)
    {
        int at = (int)(await OffsetAsync(secret, upload))!.Value;
        if (at < secret.Envelope.Length)
        {
            Assert.Equal(
                HttpStatusCode.NoContent, await SendAsync(secret.Append(upload, at, secret.Envelope.Length)));
        }

        await AssertPublishedAsync(secret, upload);
    }

    private async Task AssertPublishedAsync(Secret secret, string upload)
    {
        string token = Secret.NewToken();
        Assert.Equal(HttpStatusCode.OK, await SendAsync(secret.Claim(IdOf(upload), token)));
        Assert.Equal(secret.Records, await Server.BytesAsync(Secret.Fetch(IdOf(upload), token)));
    }

    private async Task RestartAsync()
    {
        await Server.KillAsync();
        await Server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path);
    }
}
