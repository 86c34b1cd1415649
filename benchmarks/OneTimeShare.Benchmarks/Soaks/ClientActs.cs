using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>What people with our programs do, from creating to the end.</summary>
internal sealed class ClientActs(Uri server) : IDisposable
{
    private const int LargeLength = 12 << 20; // above this a client uploads in pieces: 8 MiB
    private static readonly TimeSpan SoonExpired = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongExpired = TimeSpan.FromSeconds(10);

    private readonly OneTimeShareClient _client = new(new OneTimeShareClientOptions { Handler = new ManyVisitors() });
    private readonly ConcurrentQueue<(CreatedShare Share, long Since)> _expiring = new();

    public async Task ShareSmallAsync()
    {
        var secret = RandomNumberGenerator.GetBytes(300);
        var share = await CreateAsync(secret);
        using var keys = await KeysAsync(share, null);
        (await _client.UnlockAsync(keys)).Value();
        await TakeAsync(keys, secret);
        Check.That((await _client.ReadReceiptAsync(share.Receipt)).Value().State == ShareState.Delivered, "receipt");
        Check.That((await _client.PreviewAsync(share.Link)).Refused().Kind == RefusalKind.Gone, "still there");
        share.Link.LinkKey.Dispose();
    }

    public async Task BurnAsync()
    {
        var share = await CreateAsync(RandomNumberGenerator.GetBytes(100_000));
        (await _client.BurnAsync(share.Receipt)).Done();
        Check.That((await _client.PreviewAsync(share.Link)).Refused().State == ShareState.Burned, "not burned");
    }

    public async Task GuessPassphrasesAsync()
    {
        using var right = PassphraseOf("right");
        using var wrong = PassphraseOf("wrong");
        var secret = RandomNumberGenerator.GetBytes(300);
        var share = await CreateAsync(secret, new CreateOptions { Passphrase = right });
        using (var guess = await KeysAsync(share, wrong))
        {
            for (int left = 4; left >= 0; left--)
                Check.That((await _client.UnlockAsync(guess)).Refused().AttemptsLeft == left, "attempts left");
            Check.That((await _client.UnlockAsync(guess)).Refused().Kind == RefusalKind.Locked, "not locked");
        }
        (await _client.AllowAttemptsAsync(share.Receipt)).Done();
        using var keys = await KeysAsync(share, right);
        await TakeAsync(keys, secret);
    }

    /// <summary>A large one, whose delivery breaks in the middle and goes on.</summary>
    public async Task ShareLargeAsync()
    {
        var secret = RandomNumberGenerator.GetBytes(LargeLength);
        var share = await CreateAsync(secret);
        using var keys = await KeysAsync(share, null);
        var token = ClaimToken.Create();
        var claimed = (await _client.ClaimAsync(keys, token)).Value();
        Check.That((await _client.ClaimAsync(keys, ClaimToken.Create())).Refused().Kind == RefusalKind.Gone, "twice");

        using var taken = new MemoryStream();
        using (var broken = new CancellationTokenSource())
        {
            var some = new Halfway(broken, LargeLength / 2);
            try
            {
                await _client.DeliverAsync(keys, claimed, Into(taken), progress: some, cancellationToken: broken.Token);
            }
            catch (OperationCanceledException)
            {
                // As it was to be; where it was faster, the second delivery has nothing left to bring.
            }
        }
        long from = taken.Length / Records.ContentLength * Records.ContentLength;
        using var all = new MemoryStream();
        all.Write(taken.GetBuffer().AsSpan(0, (int)from));
        (await _client.DeliverAsync(keys, claimed, Into(all), from)).Done();
        Check.That(all.GetBuffer().AsSpan(0, (int)all.Length).SequenceEqual(secret), "other bytes");
        (await _client.AcknowledgeAsync(keys, token)).Done();
    }

    /// <summary>Nobody takes it; and those that nobody took a while ago are gone.</summary>
    public async Task LetExpireAsync()
    {
        var share = await CreateAsync(
            RandomNumberGenerator.GetBytes(100_000), new CreateOptions { Lifetime = SoonExpired });
        _expiring.Enqueue((share, Stopwatch.GetTimestamp()));
        while (_expiring.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.Since) > LongExpired)
        {
            _expiring.TryDequeue(out _);
            var refusal = (await _client.PreviewAsync(oldest.Share.Link)).Refused();
            Check.That(refusal.State == ShareState.Expired, $"{refusal.Kind} {refusal.State} and not expired");
            oldest.Share.Link.LinkKey.Dispose();
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<CreatedShare> CreateAsync(byte[] secret, CreateOptions? options = null) =>
        (await _client.CreateAsync(server, [SecretFile.Of("secret.bin", secret)], options)).Value();

    private async Task<ShareKeys> KeysAsync(CreatedShare share, Passphrase? passphrase) =>
        ShareKeys.Derive(share.Link, (await _client.PreviewAsync(share.Link)).Value().Header, passphrase);

    private async Task TakeAsync(ShareKeys keys, byte[] secret)
    {
        var token = ClaimToken.Create();
        var claimed = (await _client.ClaimAsync(keys, token)).Value();
        using var taken = new MemoryStream();
        (await _client.DeliverAsync(keys, claimed, Into(taken))).Done();
        Check.That(taken.ToArray().AsSpan().SequenceEqual(secret), "other bytes");
        (await _client.AcknowledgeAsync(keys, token)).Done();
    }

    // Its buffer can be read after it was disposed, and its length too only where it was not.
    private static OpenFileAsync Into(MemoryStream destination) =>
        (_, _, _) => ValueTask.FromResult<Stream>(new Kept(destination));

    private static Passphrase PassphraseOf(string text)
    {
        Check.That(Passphrase.TryParse(text, out var passphrase), "a passphrase");
        return passphrase!;
    }

    private sealed class Halfway(CancellationTokenSource broken, long length) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value.Bytes >= length)
                broken.Cancel();
        }
    }
}
