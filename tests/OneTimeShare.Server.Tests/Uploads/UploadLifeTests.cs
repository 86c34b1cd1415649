using System.Net;
using OneTimeShare.Server.Tests.Processes;
using Xunit;

namespace OneTimeShare.Server.Tests.Uploads;

public sealed class UploadLifeTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task An_envelope_in_pieces_is_a_share_with_its_last_byte_and_no_sooner()
    {
        var secret = await Secret.SealAsync(new byte[500_000]);
        string upload = await server.BeginAsync(secret);
        int end = secret.Envelope.Length;
        await server.AppendAsync(secret, upload, 0, 200_000);
        await server.AppendAsync(secret, upload, 200_000, end - 1);
        Assert.Equal(end - 1, await server.OffsetAsync(secret, upload));
        using (var preview = await server.SendAsync(secret.Preview(IdOf(upload))))
            await preview.ProblemAsync(404, "not-found");
        await server.AppendAsync(secret, upload, end - 1, end);
        await server.AssertPublishedAsync(secret, upload);
    }

    [Fact]
    public async Task The_time_of_a_share_begins_when_its_upload_ends()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret, "?ttl=600");
        await server.AppendAsync(secret, upload, 0, 100_000);
        server.Clock.Advance(TimeSpan.FromMinutes(20));
        await server.AppendAsync(secret, upload, 100_000, secret.Envelope.Length);
        using var answer = await server.SendAsync(secret.Receipt(IdOf(upload)));
        var receipt = await answer.JsonAsync(HttpStatusCode.OK);
        var now = server.Clock.GetUtcNow();
        Assert.Equal(now.Rfc3339(), receipt.GetProperty("created_at").GetString());
        Assert.Equal(now.AddMinutes(10).Rfc3339(), receipt.GetProperty("expires_at").GetString());
    }

    [Fact]
    public async Task A_sender_who_has_not_heard_the_last_answer_learns_that_all_has_arrived()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret);
        await server.AppendAsync(secret, upload, 0, secret.Envelope.Length);
        using (var looked = await server.SendAsync(secret.Look(upload)))
        {
            Assert.Equal(looked.Header("Upload-Length"), looked.Header("Upload-Offset"));
            Assert.Null(looked.Header("Upload-Expires"));
        }

        using (var burned = await server.SendAsync(Secret.End(IdOf(upload), secret.ReceiptToken)))
            burned.Is(HttpStatusCode.NoContent);
        Assert.Equal(secret.Envelope.Length, await server.OffsetAsync(secret, upload));
        var stranger = await Secret.SealAsync("x");
        Assert.Null(await server.OffsetAsync(stranger, upload));
    }

    [Fact]
    public async Task A_published_upload_takes_nothing_more_and_is_not_given_up()
    {
        var secret = await Secret.SealAsync(new byte[200_000]);
        string upload = await server.BeginAsync(secret);
        int end = secret.Envelope.Length;
        await server.AppendAsync(secret, upload, 0, end);
        using (var appended = await server.SendAsync(secret.Append(upload, end, end)))
            await appended.ProblemAsync(404, "not-found");
        using (var givenUp = await server.SendAsync(secret.GiveUp(upload)))
            await givenUp.ProblemAsync(404, "not-found");
        await server.AssertPublishedAsync(secret, upload);
    }

    [Fact]
    public async Task An_upload_that_was_given_up_is_gone_with_all_that_it_held()
    {
        await using var own = await RunningServer.StartAsync();
        var secret = await Secret.SealAsync(new byte[500_000]);
        string upload = await own.BeginAsync(secret);
        await own.AppendAsync(secret, upload, 0, 400_000);
        Assert.NotEmpty(DataFolder.Blobs(own.Data.Path));
        using (var givenUp = await own.SendAsync(secret.GiveUp(upload)))
            givenUp.Is(HttpStatusCode.NoContent);
        Assert.Null(await own.OffsetAsync(secret, upload));
        Assert.Empty(DataFolder.Blobs(own.Data.Path));
        using (var appended = await own.SendAsync(secret.Append(upload, 400_000, 400_001)))
            await appended.ProblemAsync(404, "not-found");
        using var again = await own.SendAsync(secret.GiveUp(upload));
        await again.ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task An_idle_upload_is_swept_with_its_blob_and_without_a_record()
    {
        await using var own = await RunningServer.StartAsync(("OTS_UPLOAD_IDLE", "30m"));
        var secret = await Secret.SealAsync(new byte[500_000]);
        string upload = await own.BeginAsync(secret);
        await own.AppendAsync(secret, upload, 0, 400_000);
        own.Clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(400_000, await own.OffsetAsync(secret, upload));
        own.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await own.OffsetAsync(secret, upload));
        await Eventually.HoldsAsync("the sweeper deletes its blob", () =>
        {
            own.Clock.Advance(TimeSpan.FromMinutes(1));
            return DataFolder.Blobs(own.Data.Path).Length == 0;
        });
        using var receipt = await own.SendAsync(secret.Receipt(IdOf(upload)));
        await receipt.ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Of_a_share_that_came_in_pieces_no_verifier_lies_in_a_blob()
    {
        await using var own = await RunningServer.StartAsync();
        var secret = await Secret.SealAsync(new byte[500_000]);
        string upload = await own.BeginAsync(secret);
        for (int at = 0; at < secret.Envelope.Length; at += 100_000)
        {
            await own.AppendAsync(secret, upload, at, Math.Min(secret.Envelope.Length, at + 100_000));
            byte[] blob = DataFolder.TryRead(Assert.Single(DataFolder.Blobs(own.Data.Path)))!;
            Assert.Equal(secret.Envelope[..blob.Length], blob);
            Assert.True(blob.Length <= 24 + secret.Records.Length);
        }

        Assert.Equal(24 + secret.Records.Length, new FileInfo(own.BlobOf(IdOf(upload))).Length);
    }

    private static string IdOf(string upload) => upload[(upload.LastIndexOf('/') + 1)..];
}
