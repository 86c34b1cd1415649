using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OneTimeShare.Envelope;
using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>
/// A secret as a program holds it: sealed here, with all that its sender and its recipient show to a server.
/// </summary>
internal sealed class Secret
{
    private Secret(byte[] content, byte[] envelope, LinkProof linkProof, ClaimProof claimProof, string linkKey)
    {
        Content = content;
        Envelope = envelope;
        LinkProof = Text(linkProof.ToArray());
        ClaimProof = Text(claimProof.ToArray());
        LinkKey = linkKey;
        _ = EnvelopeFooter.Read(envelope.AsSpan(EnvelopeHeader.Length), out var footer);
        Records = envelope[EnvelopeHeader.Length..^footer!.Length];
        Manifest = footer.Manifest.Bytes.ToArray();
    }

    public byte[] Content { get; }

    public byte[] Envelope { get; }

    public byte[] Records { get; }

    public byte[] Manifest { get; }

    public string LinkProof { get; }

    public string ClaimProof { get; }

    /// <summary>The link's fragment.</summary>
    public string LinkKey { get; }

    public string ReceiptToken { get; } = NewToken();

    public static string NewToken() => Text(RandomNumberGenerator.GetBytes(16));

    public static string NewProof() => Text(RandomNumberGenerator.GetBytes(32));

    public static Task<Secret> SealAsync(string content, string name = "secret.txt", string? passphrase = null) =>
        SealAsync(new UTF8Encoding(false).GetBytes(content), name, passphrase);

    public static Task<Secret> SealAsync(byte[] content, string name = "secret.bin", string? passphrase = null) =>
        SealAsync([(name, content)], passphrase);

    public static async Task<Secret> SealAsync(
        IReadOnlyList<(string Name, byte[] Content)> files, string? passphrase = null, bool text = false)
    {
        Assert.True(Passphrase.TryParse(passphrase, out var parsed));
        using var given = parsed;
        using var linkKey = OneTimeShare.Envelope.LinkKey.Create();
        using var keys = KeySchedule.Derive(
            linkKey, EnvelopeHeader.Create(given is null ? Kdf.None : Kdf.Argon2id), given);
        var linkProof = KeySchedule.LinkProof(linkKey);
        using var envelope = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(envelope), keys, linkProof);
        foreach (var (name, content) in files)
        {
            Assert.True(writer.TryBeginFile(name, ManifestFile.DefaultType));
            Assert.True(await writer.WriteAsync(new MemoryStream(content)));
        }
        Assert.True(await writer.TryCompleteAsync(text));
        byte[] all = [.. files.SelectMany(file => file.Content)];
        return new Secret(all, envelope.ToArray(), linkProof, keys.ClaimProof, linkKey.ToFragment());
    }

    public HttpRequestMessage Create(string query = "", byte[]? envelope = null) =>
        new(HttpMethod.Post, "api/v1/shares" + query)
        {
            Headers = { Authorization = Bearer(ReceiptToken) },
            Content = new ByteArrayContent(envelope ?? Envelope)
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/vnd.onetimeshare.envelope") },
            },
        };

    public HttpRequestMessage Preview(string id) => new(HttpMethod.Get, $"api/v1/shares/{id}")
    {
        Headers = { Authorization = Bearer(LinkProof) },
    };

    public HttpRequestMessage Unlock(string id, string? claimProof = null) =>
        new(HttpMethod.Post, $"api/v1/shares/{id}/unlock")
        {
            Content = Json(("link_proof", LinkProof), ("claim_proof", claimProof ?? ClaimProof)),
        };

    public HttpRequestMessage Claim(string id, string claimToken, string? claimProof = null) =>
        new(HttpMethod.Post, $"api/v1/shares/{id}/claim")
        {
            Content = Json(
                ("link_proof", LinkProof), ("claim_proof", claimProof ?? ClaimProof), ("claim_token", claimToken)),
        };

    public static HttpRequestMessage Fetch(string id, string claimToken, RangeHeaderValue? range = null) =>
        new(HttpMethod.Get, $"api/v1/shares/{id}/content")
        {
            Headers = { Authorization = Bearer(claimToken), Range = range },
        };

    /// <summary>The recipient's acknowledgement by the claim token, the sender's burn by the receipt token.</summary>
    public static HttpRequestMessage End(string id, string token) => new(HttpMethod.Delete, $"api/v1/shares/{id}")
    {
        Headers = { Authorization = Bearer(token) },
    };

    public HttpRequestMessage Receipt(string id) => new(HttpMethod.Get, $"api/v1/shares/{id}/receipt")
    {
        Headers = { Authorization = Bearer(ReceiptToken) },
    };

    public HttpRequestMessage AllowAttempts(string id) => new(HttpMethod.Post, $"api/v1/shares/{id}/attempts")
    {
        Headers = { Authorization = Bearer(ReceiptToken) },
    };

    /// <summary>The form of a browser without script, and of curl.</summary>
    public HttpRequestMessage Open(string id, string? passphrase = null, string? claimToken = null) =>
        Open(id, LinkKey, passphrase, claimToken);

    public static HttpRequestMessage Open(string id, string key, string? passphrase, string? claimToken) =>
        new(HttpMethod.Post, $"d/{id}")
        {
            Content = Form(("key", key), ("passphrase", passphrase), ("claim_token", claimToken)),
        };

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    /// <summary>Without the fields that are null.</summary>
    public static FormUrlEncodedContent Form(params (string Name, string? Value)[] fields) =>
        new(from field in fields where field.Value is not null select KeyValuePair.Create(field.Name, field.Value));

    public static StringContent Json(params (string Name, string? Value)[] fields)
    {
        var json = new JsonObject();
        foreach (var (name, value) in fields)
            json[name] = value;
        return new StringContent(json.ToJsonString(), new MediaTypeHeaderValue("application/json"));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => StrictBase64Url.Encode(bytes);
}
