using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Client.Tests;

public sealed class LifeTests(Site site) : ClientTest(site)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(9 * 1024 * 1024)]
    [InlineData(68 * 1024 * 1024)]
    public async Task What_is_shared_is_taken_unchanged(int length)
    {
        var secret = Bytes(length);

        var known = await CreateAsync(null, SecretFile.Of("a.bin", secret));
        var streamed = await CreateAsync(null, Stream("a.bin", secret));

        Assert.Equal(secret, Assert.Single(await TakeAsync(known.Link)));
        Assert.Equal(secret, Assert.Single(await TakeAsync(streamed.Link)));
    }

    [Fact]
    public async Task Several_files_are_taken_each_as_it_was_the_empty_ones_too()
    {
        byte[][] secrets = [[], Bytes(70_000), [], [], Bytes(3), []];
        var files = secrets.Select((secret, i) => SecretFile.Of($"{i}", secret)).ToArray();

        var share = await CreateAsync(null, files);

        Assert.Equal(secrets, await TakeAsync(share.Link));
    }

    [Fact]
    public async Task An_unlocked_share_says_what_is_in_it_and_is_still_there()
    {
        var share = await CreateAsync(new CreateOptions { Text = true }, SecretFile.Of("a.txt", "hi"u8.ToArray()));
        using var keys = await KeysAsync(share.Link);

        var unlocked = Value(await Client.UnlockAsync(keys, Cancel));

        Assert.True(unlocked.Manifest.Text);
        Assert.Equal(new ManifestFile("a.txt", ManifestFile.DefaultType, 2), Assert.Single(unlocked.Manifest.Files));
        Assert.Equal(ShareState.Pending, Value(await Client.ReadReceiptAsync(share.Receipt, Cancel)).State);
    }

    [Fact]
    public async Task A_share_is_one_claimants_and_the_others_learn_when_it_was_taken()
    {
        var share = await CreateAsync(null, SecretFile.Of("a", Bytes(100)));
        using var keys = await KeysAsync(share.Link);
        var token = ClaimToken.Create();
        var first = Value(await Client.ClaimAsync(keys, token, Cancel));

        var other = Refused(await Client.ClaimAsync(keys, ClaimToken.Create(), Cancel));
        var again = Value(await Client.ClaimAsync(keys, token, Cancel));

        Assert.Equal((RefusalKind.Gone, ShareState.Claimed), (other.Kind, other.State));
        Assert.NotNull(other.At);
        Assert.Equal(first.LeaseUntil, again.LeaseUntil);
    }

    [Fact]
    public async Task A_receipt_tells_what_has_become_of_it()
    {
        var share = await CreateAsync(null, SecretFile.Of("a", Bytes(100)));
        await TakeAsync(share.Link);

        var receipt = Value(await Client.ReadReceiptAsync(share.Receipt, Cancel));

        Assert.Equal(ShareState.Delivered, receipt.State);
        Assert.NotNull(receipt.ClaimedAt);
        Assert.NotNull(receipt.EndedAt);
        var gone = Refused(await Client.PreviewAsync(share.Link, Cancel));
        Assert.Equal((RefusalKind.Gone, ShareState.Delivered), (gone.Kind, gone.State));
    }

    [Fact]
    public async Task What_its_sender_burned_nobody_takes()
    {
        var share = await CreateAsync(null, SecretFile.Of("a", Bytes(100)));

        Assert.Null(await Client.BurnAsync(share.Receipt, Cancel));

        Assert.Equal(ShareState.Burned, Refused(await Client.PreviewAsync(share.Link, Cancel)).State);
    }

    [Fact]
    public async Task Wrong_passphrases_lock_it_until_its_sender_allows_more()
    {
        using var right = Pass("right");
        using var wrong = Pass("wrong");
        var share = await CreateAsync(new CreateOptions { Passphrase = right }, SecretFile.Of("a", [7]));
        using var keys = await KeysAsync(share.Link, wrong);

        for (int left = 4; left >= 0; left--)
        {
            var refusal = Refused(await Client.UnlockAsync(keys, Cancel));
            Assert.Equal((RefusalKind.WrongPassphrase, left), (refusal.Kind, refusal.AttemptsLeft));
        }
        Assert.Equal(RefusalKind.Locked, Refused(await Client.UnlockAsync(keys, Cancel)).Kind);
        Assert.True(Value(await Client.ReadReceiptAsync(share.Receipt, Cancel)).Locked);

        Assert.Null(await Client.AllowAttemptsAsync(share.Receipt, Cancel));
        Assert.Equal([7], Assert.Single(await TakeAsync(share.Link, right)));
    }

    [Fact]
    public async Task A_strangers_link_is_of_no_share()
    {
        var share = await CreateAsync(null, SecretFile.Of("a", [7]));
        using var other = share.Link with { LinkKey = LinkKey.Create() };

        Assert.Equal(RefusalKind.NotFound, Refused(await Client.PreviewAsync(other, Cancel)).Kind);
        Assert.Equal(RefusalKind.NotFound,
            Refused(await Client.ReadReceiptAsync(share.Receipt with { Token = ReceiptToken.Create() }, Cancel)).Kind);
    }

    [Fact]
    public async Task What_the_server_does_not_allow_is_refused()
    {
        var policy = Value(await Client.ReadPolicyAsync(Server, Cancel));
        var tooLong = new CreateOptions { Lifetime = policy.MaxLifetime + TimeSpan.FromSeconds(1) };
        var small = SecretFile.Of("a", [7]);
        var endless = new SecretFile("a", policy.MaxSize * 2, _ => ValueTask.FromResult(System.IO.Stream.Null));

        Assert.Equal(200_000_000, policy.MaxSize);
        Assert.False(policy.NeedsCreateToken);
        Assert.Equal(
            RefusalKind.Lifetime, Refused(await Client.CreateAsync(Server, [small], tooLong, null, Cancel)).Kind);
        Assert.Equal(
            RefusalKind.TooLarge, Refused(await Client.CreateAsync(Server, [endless], null, null, Cancel)).Kind);
    }

    [Fact]
    public async Task Names_that_no_manifest_holds_are_refused_before_anything_is_sent()
    {
        var files = Enumerable.Range(0, 3000).Select(i => SecretFile.Of($"{i:D30}", [])).ToArray();

        Assert.Equal(RefusalKind.ManifestTooLarge,
            Refused(await Client.CreateAsync(Server, files, null, null, Cancel)).Kind);
    }

    [Fact]
    public void A_receipt_link_is_read_as_it_was_written()
    {
        var link = new ReceiptLink(new Uri("https://host/sub/"), ShareId.Create(), ReceiptToken.Create());

        Assert.True(ReceiptLink.TryParse($" {link.ToLink()}\n", out var read));
        Assert.Equal(link, read);
        Assert.True(ReceiptLink.TryParse($"{link}?from=mail#{link.Token.ToText()}", out read));
        Assert.Equal(link, read);
        Assert.False(ReceiptLink.TryParse($"https://host/?/r/{link.Id}#{link.Token.ToText()}", out _));
        Assert.DoesNotContain(link.Token.ToText(), $"{link} {link.Token}");
        Assert.False(ReceiptLink.TryParse(link.ToString(), out _));
        Assert.False(ReceiptLink.TryParse(link.ToLink().Replace("/r/", "/d/", StringComparison.Ordinal), out _));
    }
}
