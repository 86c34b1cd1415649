using System.Net;
using System.Text;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

public sealed class NoTraceTests : IAsyncLifetime
{
    private const int Large = 2_000_000;
    private const string Content = "marker-of-the-content-8d1f;";
    private const string FileName = "marker-of-the-name-52ac.txt";
    private const string Passphrase = "marker-of-the-passphrase-77e0";

    private readonly TemporaryFolder _data = new();
    private readonly TemporaryFolder _temporary = new();
    private readonly List<(string Where, byte[] Bytes)> _seen = [];
    private readonly Markers _forbidden = new();
    private ServerProcess? _server;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ServerProcess Server => _server!;

    public async ValueTask InitializeAsync()
    {
        Forbid("content", Content);
        Forbid("name", FileName);
        Forbid("passphrase", Passphrase);
        // What .NET itself keeps for debuggers: sockets in the temporary folder, and memory as if it were a file.
        _server = await ServerProcess.StartAsync(
            _data.Path, ("TMPDIR", _temporary.Path), ("DOTNET_EnableDiagnostics", "0"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _data.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task No_plaintext_and_no_key_is_ever_on_the_disk_or_in_the_log()
    {
        byte[] small = Bytes(500), large = Bytes(Large);
        await ShareAndTakeAsync(Forms.Put(FileName, small), small, null);
        await ShareAndTakeAsync(Forms.Put(FileName, large), large, null);
        await ShareAndTakeAsync(Forms.Multipart(Passphrase, (FileName, small)), small, Passphrase);
        await ShareAndTakeAsync(Forms.Multipart(Passphrase, (FileName, large)), large, Passphrase);
        await RefuseAsync();
        var sealedHere = await Secret.SealAsync(large, FileName);
        await ClaimByApiAsync(sealedHere);

        await Server.StopAsync();
        Look("after the end");
        _seen.Add(("log", Utf8(Server.Output)));
        Assert.All(_seen, seen => Assert.Empty(
            _forbidden.FindIn(seen.Bytes).Select(name => $"{name} in {seen.Where}")));
        Assert.Empty(Directory.GetFileSystemEntries(_temporary.Path));
        Assert.Contains(_seen, seen => seen.Where.EndsWith(".part, open, half-way in", StringComparison.Ordinal));
        // The search finds what is there: the records, sealed.
        var records = new Markers();
        records.AddPieces("records", sealedHere.Records, every: 65_552);
        Assert.Contains(_seen, seen => records.FindIn(seen.Bytes).Count > 0);
    }

    /// <summary>Looks while half of it has come, when all of it has, and while it is being taken.</summary>
    private async Task ShareAndTakeAsync(HttpRequestMessage request, byte[] content, string? passphrase)
    {
        var body = await HeldBackContent.InAsync(request, content.Length / 2);
        var answered = Server.JsonAsync(request, HttpStatusCode.Created);
        await body.Sent;
        if (content.Length > Large / 2)
            await Eventually.HoldsAsync("half of it comes", () => DataFolder.PartLength(_data.Path) > Large / 3);
        Look("half-way in");
        body.Release();
        var answer = await answered;
        Look("shared");

        string linkKey = ((string)answer["link"]!).Split('#')[1];
        string id = (string)answer["id"]!;
        string claimToken = Secret.NewToken();
        Forbid("link key", linkKey, StrictBase64Url.Decode(linkKey)!);
        string receiptToken = ((string)answer["receipt_link"]!).Split('#')[1];
        Forbid("receipt token", receiptToken, StrictBase64Url.Decode(receiptToken)!);
        Forbid("claim token", claimToken, StrictBase64Url.Decode(claimToken)!);
        // As a mail filter mangles a link.
        Assert.Equal(HttpStatusCode.Found, await Server.GetStatusAsync($"d/{id}%23{linkKey}"));
        if (passphrase is not null)
            Assert.Equal(HttpStatusCode.Forbidden, await Server.SendAsync(Forms.Take(id, linkKey, Passphrase + "x")));

        using var taken = await Server.Client.SendAsync(
            Forms.Take(id, linkKey, passphrase, claimToken), HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await using var stream = await taken.Content.ReadAsStreamAsync(Cancel);
        var got = new byte[content.Length];
        await stream.ReadExactlyAsync(got.AsMemory(0, 200), Cancel);
        Look("half-way out");
        await stream.ReadExactlyAsync(got.AsMemory(200), Cancel);
        Assert.Equal(content, got);
    }

    /// <summary>What is refused is not written down either.</summary>
    private async Task RefuseAsync()
    {
        byte[] large = Bytes(Large);
        string unwanted = FileName + ".exe";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Server.SendAsync(Forms.Put(unwanted, Bytes(500))));
        Assert.Equal(HttpStatusCode.UnprocessableEntity,
            await Server.SendAsync(Forms.Multipart(Passphrase, (FileName, large), (unwanted, large))));
        Assert.Equal(HttpStatusCode.NotFound,
            await Server.SendAsync(Forms.Take(Secret.NewToken(), Secret.NewProof(), Passphrase)));
        Look("refused");
    }

    private async Task ClaimByApiAsync(Secret secret)
    {
        string id = await Server.CreateAsync(secret);
        string token = Secret.NewToken();
        string[] texts = [secret.LinkKey, secret.LinkProof, secret.ClaimProof, secret.ReceiptToken, token];
        foreach (string text in texts)
            Forbid("key, proof or token", text, StrictBase64Url.Decode(text)!);
        Assert.Equal(HttpStatusCode.OK, await Server.SendAsync(secret.Claim(id, token)));
        Assert.Equal(secret.Records, await Server.BytesAsync(Secret.Fetch(id, token)));
        Look("claimed");
    }

    private void Look(string moment)
    {
        foreach (string folder in new[] { _data.Path, _temporary.Path })
            _seen.AddRange(DataFolder.Read(folder).Select(file => ($"{file.Path}, {moment}", file.Bytes)));
        foreach (var (target, bytes) in OpenFiles.Of(Server))
        {
            Assert.True(
                target.StartsWith(_data.Path, StringComparison.Ordinal), $"{target} is open for writing, {moment}");
            _seen.Add(($"{target}, open, {moment}", bytes));
        }
    }

    private void Forbid(string name, string text, byte[]? bytes = null)
    {
        _forbidden.Add(name, Utf8(text));
        if (bytes is not null)
            _forbidden.Add(name + " in bytes", bytes);
    }

    private static byte[] Bytes(int length) => Utf8(string.Concat(Enumerable.Repeat(Content, length / Content.Length)));

    private static byte[] Utf8(string text) => new UTF8Encoding(false).GetBytes(text);
}
