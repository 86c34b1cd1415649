using System.Security.Cryptography;
using OneTimeShare.Browser.Tests;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Tests.Processes;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Client.Tests;

/// <summary>The server as an operator runs it, for all tests of a class.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();

    internal ServerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Server = await ServerProcess.StartAsync(_data.Path, ("OTS_MAX_SIZE", "200MB"));

    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
            await Server.DisposeAsync();
        _data.Dispose();
    }
}

/// <summary>A program that shares and takes, at a real server, by a way that can be cut.</summary>
public abstract class ClientTest(Site site) : IClassFixture<Site>, IAsyncLifetime
{
    protected OneTimeShareClient Client { get; } = new();

    private protected CuttableProxy Way { get; } = new(site.Server.Client.BaseAddress!);

    protected Uri Server => Way.Address;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Way.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Bytes(int length) => RandomNumberGenerator.GetBytes(length);

    /// <summary>A file whose length nobody says.</summary>
    protected static SecretFile Stream(string name, byte[] content) =>
        SecretFile.Of(name, content) with { Size = null };

    protected static Passphrase Pass(string text)
    {
        Assert.True(Passphrase.TryParse(text, out var passphrase));
        return passphrase!;
    }

    protected async Task<CreatedShare> CreateAsync(CreateOptions? options, params SecretFile[] files) =>
        Value(await Client.CreateAsync(Server, files, options, cancellationToken: Cancel));

    protected async Task<ShareKeys> KeysAsync(ShareLink link, Passphrase? passphrase = null) =>
        ShareKeys.Derive(link, Value(await Client.PreviewAsync(link, Cancel)).Header, passphrase);

    /// <summary>The files' bytes, as they were delivered; the share is acknowledged.</summary>
    protected async Task<byte[][]> TakeAsync(ShareLink link, Passphrase? passphrase = null)
    {
        using var keys = await KeysAsync(link, passphrase);
        var token = ClaimToken.Create();
        var share = Value(await Client.ClaimAsync(keys, token, Cancel));
        var streams = share.Manifest.Files.Select(_ => new MemoryStream()).ToArray();
        Assert.Null(await Client.DeliverAsync(
            keys, share, (file, _, _) => ValueTask.FromResult<Stream>(streams[file]), cancellationToken: Cancel));
        Assert.Null(await Client.AcknowledgeAsync(keys, token, Cancel));
        return [.. streams.Select(stream => stream.ToArray())];
    }

    protected static T Value<T>(Answer<T> answer)
        where T : class
    {
        Assert.True(answer.Is(out var value, out var refusal), $"{refusal}");
        return value;
    }

    protected static Refusal Refused<T>(Answer<T> answer)
        where T : class
    {
        Assert.False(answer.Is(out _, out var refusal));
        return refusal;
    }
}
