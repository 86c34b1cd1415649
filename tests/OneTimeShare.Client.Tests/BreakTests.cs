using System.Net;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Tests.Processes;
using Xunit;

namespace OneTimeShare.Client.Tests;

public sealed class BreakTests(Site site) : ClientTest(site)
{
    private static readonly int Large = 40 * 1024 * 1024;

    [Fact]
    public async Task A_delivery_that_is_cut_goes_on_where_it_broke()
    {
        var secret = Bytes(Large);
        var share = await CreateAsync(null, SecretFile.Of("a", secret));
        Way.CutAfterDown(5_000_000);

        Assert.Equal(secret, Assert.Single(await TakeAsync(share.Link)));
        Assert.Equal(1, Way.Cuts);
    }

    [Fact]
    public async Task A_delivery_that_falls_silent_goes_on_however_long_that_lasted()
    {
        var secret = Bytes(Large);
        var share = await CreateAsync(null, SecretFile.Of("a", secret));
        using var keys = await KeysAsync(share.Link);
        var clock = new FakeTimeProvider();
        using var client = new OneTimeShareClient(new OneTimeShareClientOptions { Time = clock });
        var claimed = Value(await client.ClaimAsync(keys, ClaimToken.Create(), Cancel));
        Way.SilenceAfterDown(5_000_000);

        var taken = new MemoryStream();
        var delivery = client.DeliverAsync(
            keys, claimed, (_, _, _) => ValueTask.FromResult<Stream>(taken), cancellationToken: Cancel);
        await Eventually.HoldsAsync("it falls silent", () => Way.Cuts == 1);
        int silent = Way.Connections;
        await Eventually.HoldsAsync("another connection is made, or it gives up", () =>
        {
            clock.Advance(TimeSpan.FromMinutes(2));
            return Way.Connections > silent || delivery.IsCompleted;
        });

        Assert.Null(await delivery);
        Assert.Equal(secret, taken.ToArray());
    }

    [Theory]
    [InlineData(5_000_000, 3_000_000)] // at once: sent again
    [InlineData(40_000_000, 20_000)]
    [InlineData(40_000_000, 11_000_000)]
    [InlineData(40_000_000, 33_000_000)] // in the last record of the first piece, or thereabouts
    [InlineData(40_000_000, 39_000_000)]
    public async Task An_upload_that_is_cut_goes_on_where_it_broke(int length, int after)
    {
        var secret = Bytes(length);
        Way.CutAfterUp(after);

        var share = await CreateAsync(null, SecretFile.Of("a", secret));

        Assert.Equal(1, Way.Cuts);
        Assert.Equal(secret, Assert.Single(await TakeAsync(share.Link)));
    }

    [Fact]
    public async Task An_upload_of_which_nothing_arrives_is_given_up_though_the_server_still_answers()
    {
        using var hasty = new OneTimeShareClient(new OneTimeShareClientOptions { Patience = TimeSpan.FromSeconds(1) });
        using var forEver = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        forEver.CancelAfter(TimeSpan.FromMinutes(1));
        Way.HangsUpOn = "PATCH ";

        var refusal = Refused(await hasty.CreateAsync(
            Server, [SecretFile.Of("a", Bytes(Large))], cancellationToken: forEver.Token));

        Assert.Equal(RefusalKind.NoAnswer, refusal.Kind);
    }

    [Fact]
    public async Task A_server_that_says_it_has_more_than_was_sent_loses_the_upload_and_nothing_else()
    {
        using var boasting = new BoastingHandler();
        using var client = new OneTimeShareClient(new OneTimeShareClientOptions { Handler = boasting });

        var refusal = Refused(await client.CreateAsync(
            Server, [SecretFile.Of("a", Bytes(Large))], cancellationToken: Cancel));

        Assert.Equal(RefusalKind.UploadForgotten, refusal.Kind);
        Assert.True(boasting.HasBoasted);
    }

    [Fact]
    public async Task A_delivery_goes_on_from_what_one_before_has_brought()
    {
        byte[] first = Bytes(100_000), second = Bytes(100_000);
        var share = await CreateAsync(null, SecretFile.Of("a", first), SecretFile.Of("b", second));
        using var keys = await KeysAsync(share.Link);
        var claimed = Value(await Client.ClaimAsync(keys, ClaimToken.Create(), Cancel));
        var asked = new List<(int, long)>();
        var taken = new MemoryStream();

        Assert.Null(await Client.DeliverAsync(
            keys,
            claimed,
            (file, from, _) =>
            {
                asked.Add((file, from));
                return ValueTask.FromResult(file == 1 ? (Stream)taken : System.IO.Stream.Null);
            },
            from: 140_000,
            cancellationToken: Cancel));

        Assert.Equal([(1, 131_072L - 100_000)], asked);
        Assert.Equal(second[31_072..], taken.ToArray());
    }

    [Fact]
    public async Task A_server_that_is_away_is_no_answer()
    {
        Way.Closed = true;
        var gone = new ShareLink(Server, ShareId.Create(), LinkKey.Create());

        Assert.Equal(RefusalKind.NoAnswer, Refused(await Client.ReadPolicyAsync(Server, Cancel)).Kind);
        Assert.Equal(RefusalKind.NoAnswer, Refused(await Client.PreviewAsync(gone, Cancel)).Kind);
    }

    [Fact]
    public async Task A_stream_that_fails_shares_nothing_and_its_exception_is_the_callers()
    {
        var broken = new SecretFile("a", null, _ => throw new UnauthorizedAccessException());
        var brokenOfKnownSize = broken with { Size = Large };

        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Client.CreateAsync(Server, [broken], null, null, Cancel));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => Client.CreateAsync(Server, [brokenOfKnownSize], null, null, Cancel));
    }

    [Theory]
    [InlineData(2_000_000)]
    [InlineData(50_000_000)]
    public async Task A_stream_that_fails_on_the_way_is_not_taken_for_a_broken_connection(int length)
    {
        // Whoever waited for a better connection would wait for ever.
        using var client = new OneTimeShareClient(new OneTimeShareClientOptions { Time = new FakeTimeProvider() });
        var failing = new SecretFile(
            "a", length, _ => ValueTask.FromResult<Stream>(new FailingStream(Bytes(length - 100_000))));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => client.CreateAsync(Server, [failing], null, null, Cancel).WaitAsync(TimeSpan.FromMinutes(1), Cancel));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_file_that_is_not_as_long_as_was_said_is_not_shared(int more)
    {
        foreach (int length in new[] { 1000, Large })
        {
            var changed = SecretFile.Of("a", Bytes(length + more)) with { Size = length };

            Assert.Equal(RefusalKind.FileChanged,
                Refused(await Client.CreateAsync(Server, [changed], null, null, Cancel)).Kind);
        }
    }

    [Fact]
    public async Task A_share_that_is_burned_on_the_way_is_refused_and_not_waited_for()
    {
        var share = await CreateAsync(null, SecretFile.Of("a", Bytes(Large)));
        using var keys = await KeysAsync(share.Link);
        var claimed = Value(await Client.ClaimAsync(keys, ClaimToken.Create(), Cancel));
        Assert.Null(await Client.BurnAsync(share.Receipt, Cancel));

        var refusal = await Client.DeliverAsync(
            keys, claimed, (_, _, _) => ValueTask.FromResult(System.IO.Stream.Null), cancellationToken: Cancel);

        Assert.Equal((RefusalKind.Gone, ShareState.Burned), (refusal?.Kind, refusal?.State));
    }

    /// <summary>A way to the server that answers the first piece before a byte of it has been sent.</summary>
    private sealed class BoastingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public bool HasBoasted { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Patch || HasBoasted)
                return base.SendAsync(request, cancellationToken);
            HasBoasted = true;
            var answer = new HttpResponseMessage(HttpStatusCode.NoContent);
            answer.Headers.Add("Upload-Offset", $"{request.Content!.Headers.ContentLength}");
            return Task.FromResult(answer);
        }
    }

    /// <summary>A file that can be read up to some place.</summary>
    private sealed class FailingStream(byte[] content) : MemoryStream(content, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new UnauthorizedAccessException();
    }
}
