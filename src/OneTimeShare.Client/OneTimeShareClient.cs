using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>How a client behaves.</summary>
public sealed record OneTimeShareClientOptions
{
    /// <summary>
    /// What carries the requests: proxies, certificates. It must not follow redirects, which would carry tokens
    /// elsewhere. Null for one of its own, with the system's proxy and certificates.
    /// </summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>How long a transfer that broke is tried again while nothing comes of it; 1 minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock of <see cref="Patience"/>, and of silences.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>A share that waits for its reader.</summary>
/// <param name="Link">For the reader: a secret. The caller's to dispose.</param>
/// <param name="Receipt">For the sender: a secret too.</param>
/// <param name="ExpiresAt">Until when it can be taken.</param>
public sealed record CreatedShare(ShareLink Link, ReceiptLink Receipt, DateTimeOffset ExpiresAt);

/// <summary>
/// Shares secrets by OneTimeShare servers, sealed and opened in this process. What is expected to happen is an
/// <see cref="Answer{T}"/> or a <see cref="Refusal"/>; thrown is what a caller's own streams throw, and cancellation.
/// One client serves any number of shares and servers at once.
/// </summary>
public sealed class OneTimeShareClient : IDisposable
{
    private readonly Exchange _exchange;
    private readonly Shares _shares;
    private readonly Receipts _receipts;
    private readonly OneTimeShareClientOptions _options;

    /// <param name="options">Null for the defaults.</param>
    public OneTimeShareClient(OneTimeShareClientOptions? options = null)
    {
        _options = options ?? new OneTimeShareClientOptions();
        _exchange = new Exchange(
            _options.Handler ?? new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(15),
            },
            disposeHandler: _options.Handler is null);
        _shares = new Shares(_exchange);
        _receipts = new Receipts(_exchange);
    }

    /// <summary>What the server allows.</summary>
    /// <param name="server">Its address, which ends in a slash.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public Task<Answer<Policy>> ReadPolicyAsync(Uri server, CancellationToken cancellationToken = default) =>
        _shares.ReadPolicyAsync(Checked(server), cancellationToken);

    /// <summary>
    /// Seals files and shares them. Where all sizes are known, a broken connection is no loss; a stream of unknown
    /// length goes out as it comes, in memory that does not depend on it, and cannot be sent again.
    /// </summary>
    /// <param name="server">Its address, which ends in a slash.</param>
    /// <param name="files">At least one.</param>
    /// <param name="options">Null for none.</param>
    /// <param name="progress">Hears of the envelope's bytes, on any thread.</param>
    /// <param name="cancellationToken">Ends it early, and nothing is shared.</param>
    /// <exception cref="ArgumentException">No file, or a name or a type that is not valid Unicode.</exception>
    public async Task<Answer<CreatedShare>> CreateAsync(
        Uri server,
        IReadOnlyList<SecretFile> files,
        CreateOptions? options = null,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfZero(files.Count, nameof(files));
        options ??= new CreateOptions();
        var receipt = ReceiptToken.Create();
        var upload = new Upload(_exchange, Checked(server), receipt, options, Patience(), progress);
        await using var sealing = new Sealing(files, options, cancellationToken);
        var answer = await SendAsync(upload, sealing, cancellationToken);
        if (answer.Is(out var published, out var refusal))
        {
            return new CreatedShare(
                new ShareLink(server, published.Id, sealing.LinkKey),
                new ReceiptLink(server, published.Id, receipt),
                published.ExpiresAt);
        }
        sealing.LinkKey.Dispose();
        return refusal;
    }

    /// <summary>What there is to know of a share; it changes nothing.</summary>
    public Task<Answer<SharePreview>> PreviewAsync(ShareLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _shares.PreviewAsync(link, cancellationToken);
    }

    /// <summary>Shows what is in a share and takes nothing; a wrong passphrase is counted.</summary>
    public Task<Answer<UnlockedShare>> UnlockAsync(ShareKeys keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _shares.UnlockAsync(keys, cancellationToken);
    }

    /// <summary>
    /// Takes the share: it is this token's until the lease ends. Where the answer is lost, it asks again with the same
    /// token, which gives the same answer; who may be killed keeps the token, and does the same later.
    /// </summary>
    public Task<Answer<ClaimedShare>> ClaimAsync(
        ShareKeys keys, ClaimToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Patience().AskAsync(() => _shares.ClaimAsync(keys, token, cancellationToken), cancellationToken);
    }

    /// <summary>
    /// Brings the content, verified before a byte of it is handed on. A connection that breaks is opened again where
    /// it broke. Null where all of it is there: then, once it is where it belongs, acknowledge.
    /// </summary>
    /// <param name="keys">The keys of the share.</param>
    /// <param name="share">What claiming it answered.</param>
    /// <param name="open">Is asked for a stream at the start of each file.</param>
    /// <param name="from">How many bytes a delivery before has brought; rounded down to a record.</param>
    /// <param name="progress">Hears of the content's bytes, after each piece has been written.</param>
    /// <param name="cancellationToken">Ends it early; the claim stays.</param>
    public async Task<Refusal?> DeliverAsync(
        ShareKeys keys,
        ClaimedShare share,
        OpenFileAsync open,
        long from = 0,
        IProgress<TransferProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(share);
        // Bytes that are all there have been verified with what follows them; the last record says so once more.
        long record = Math.Clamp(from, 0, Math.Max(0, share.Manifest.ContentLength - 1)) / Records.ContentLength;
        await using var stream = new DeliveryStream(
            _exchange, keys, share, record * Records.SealedLength, Patience(), _options.Time);
        Stream source = record == 0 && share.Content is { } content ? new MemoryStream(content) : stream;
        using var reader = new ContentReader(source, keys.Schedule, share.Manifest, record);
        try
        {
            var failure = await new Delivery(share.Manifest, open, progress)
                .RunAsync(reader, record * Records.ContentLength, cancellationToken);
            return failure is null ? null : new Refusal(RefusalKind.DoesNotOpen) { Failure = failure };
        }
        catch (EndOfStreamException) when (stream.Refusal is not null)
        {
            return stream.Refusal;
        }
    }

    /// <summary>Says that all of it arrived and is where it belongs, and the server deletes it.</summary>
    public async Task<Refusal?> AcknowledgeAsync(
        ShareKeys keys, ClaimToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var patience = Patience();
        while (await _shares.AcknowledgeAsync(keys, token, cancellationToken) is { } refusal)
        {
            if (!refusal.Passes || !await patience.WaitAsync(refusal, cancellationToken))
                return refusal;
        }
        return null;
    }

    /// <summary>What has become of a share.</summary>
    public Task<Answer<Receipt>> ReadReceiptAsync(ReceiptLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _receipts.ReadAsync(link, cancellationToken);
    }

    /// <summary>Takes it back, whatever has become of it; null where it has ended.</summary>
    public Task<Refusal?> BurnAsync(ReceiptLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _receipts.BurnAsync(link, cancellationToken);
    }

    /// <summary>Forgets the wrong passphrases, so that a locked share is open again; null where it is done.</summary>
    public Task<Refusal?> AllowAttemptsAsync(ReceiptLink link, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(link);
        return _receipts.AllowAttemptsAsync(link, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _exchange.Dispose();

    private static async Task<Answer<Published>> SendAsync(
        Upload upload, Sealing sealing, CancellationToken cancellationToken)
    {
        if (!sealing.Begin().Is(out var envelope, out var refusal))
            return refusal;
        try
        {
            var answer = await upload.SendAsync(sealing, envelope, cancellationToken);
            if (answer.Is(out _, out refusal) || refusal.Kind != RefusalKind.NoAnswer)
                return answer;
            // The connection broke, which may be because there was nothing to send.
            sealing.ThrowIfFailed();
            return sealing.Refusal ?? answer;
        }
        catch (IOException)
        {
            // What it sends broke off: the caller's streams failed, or are not what was said of them.
            sealing.ThrowIfFailed();
            if (sealing.Refusal is null)
                throw;
            return sealing.Refusal;
        }
    }

    private Patience Patience() => new(_options.Patience, _options.Time);

    private static Uri Checked(Uri server)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!server.IsAbsoluteUri || !server.AbsolutePath.EndsWith('/') || server.Query != "" || server.Fragment != "")
            throw new ArgumentException("The address of a server is absolute and ends in a slash.", nameof(server));
        return server;
    }
}
