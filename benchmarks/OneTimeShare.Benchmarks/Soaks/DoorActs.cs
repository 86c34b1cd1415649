using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OneTimeShare.Benchmarks.Loads;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Soaks;

/// <summary>What people without our programs do, the operator does, and bad connections do.</summary>
internal sealed class DoorActs(Uri server) : IDisposable
{
    public const string OperatorPassword = "soaked through";

    private const int PieceLength = 1 << 20;
    private const string NoShare = "AAAAAAAAAAAAAAAAAAAAAA";

    private readonly HttpClient _http = new(new ManyVisitors()) { BaseAddress = server };

    public async Task ShareByDoorAsync()
    {
        var secret = RandomNumberGenerator.GetBytes(50_000);
        var (id, key) = await CreatedAsync(await SendAsync(HttpMethod.Put, "secret.bin", new ByteArrayContent(secret)));
        Check.That((await TakeAsync(id, key, "")).AsSpan().SequenceEqual(secret), "other bytes");
        // The door's lease ends by itself; until then it is claimed, and nobody else's.
        await (await SendAsync(HttpMethod.Post, $"d/{id}", Form(("key", key)))).BodyAsync(410);
    }

    public async Task ShareByFormAsync()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("open sesame"), "passphrase" },
            { new ByteArrayContent("one"u8.ToArray()), "file", "one.txt" },
            { new ByteArrayContent("two"u8.ToArray()), "file", "two.txt" },
        };
        var (id, key) = await CreatedAsync(await SendAsync(HttpMethod.Post, "upload", form));
        await (await SendAsync(HttpMethod.Post, $"d/{id}", Form(("key", key)))).BodyAsync(422);
        await (await SendAsync(HttpMethod.Post, $"d/{id}", Form(("key", key), ("passphrase", "shut")))).BodyAsync(403);
        Check.That((await TakeAsync(id, key, "open sesame")).AsSpan().StartsWith("PK"u8), "no zip");
    }

    /// <summary>Begun, with one piece of two; what becomes of it is the sweeper's business.</summary>
    public Task AbandonUploadAsync() => BeginUploadAsync();

    public async Task EndUploadAsync()
    {
        var (location, token) = await BeginUploadAsync();
        await (await TusAsync(HttpMethod.Delete, location, token)).BodyAsync(204);
        await (await TusAsync(HttpMethod.Delete, location, token)).BodyAsync(404);
    }

    public async Task LookAroundAsync()
    {
        foreach (string path in (string[])["", "d/" + NoShare, "r/" + NoShare,
            "api/v1/policy", "health/ready", "openapi.json"])
            await (await SendAsync(HttpMethod.Get, path)).BodyAsync(200);
        await (await SendAsync(HttpMethod.Get, "nowhere")).BodyAsync(404);
        await (await SendAsync(HttpMethod.Get, "api/v1/shares/" + NoShare)).BodyAsync(404);
        using var malformed = new StringContent("{\"link_proof\":", Encoding.ASCII, "application/json");
        await (await SendAsync(HttpMethod.Post, $"api/v1/shares/{NoShare}/claim", malformed)).BodyAsync(400);
    }

    public async Task OperateAsync()
    {
        foreach (string path in (string[])["admin", "list-files", "stats", "stats-json", "metrics"])
            await (await SendAsync(HttpMethod.Get, path, null, OperatorPassword)).BodyAsync(200);
        await (await SendAsync(HttpMethod.Get, "admin", null, "guessed")).BodyAsync(401);
        await (await SendAsync(HttpMethod.Post, "admin/sign-in", Form(("password", OperatorPassword)))).BodyAsync(303);
    }

    /// <summary>Two who upload go away in the middle, and one who has only begun to ask.</summary>
    public async Task BreakAsync()
    {
        var address = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, server.Port);
        string token = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(16));
        foreach (var head in (byte[][])[
            HttpConnection.Request("POST", "/api/v1/shares", $"Authorization: Bearer {token}",
                "Content-Type: application/vnd.onetimeshare.envelope", $"Content-Length: {PieceLength}",
                $"X-Forwarded-For: {ManyVisitors.Address()}"),
            HttpConnection.Request("PUT", "/broken.bin", $"Content-Length: {PieceLength}",
                $"X-Forwarded-For: {ManyVisitors.Address()}"),
            "GET / HTTP/1.1\r\nHost: loc"u8.ToArray()])
        {
            using var connection = HttpConnection.Open(address);
            await connection.SendAsync(head);
            try
            {
                await connection.SendAsync(RandomNumberGenerator.GetBytes(PieceLength / 4));
            }
            catch (SocketException)
            {
                // The server may see before the last byte that this is no envelope.
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(string Location, string Token)> BeginUploadAsync()
    {
        string token = StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(16));
        long length = EnvelopeHeader.Length + Records.SealedLengthOf(2 * PieceLength) + EnvelopeFooter.MinLength;
        using var begun = await TusAsync(
            HttpMethod.Post, "api/v1/uploads", token, null, ("Upload-Length", $"{length}"));
        string location = begun.Headers.Location!.ToString();
        await begun.BodyAsync(201);

        var piece = RandomNumberGenerator.GetBytes(PieceLength);
        EnvelopeHeader.Create(Kdf.None).Bytes.CopyTo(piece);
        var content = new ByteArrayContent(piece);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        await (await TusAsync(HttpMethod.Patch, location, token, content, ("Upload-Offset", "0"))).BodyAsync(204);
        return (location, token);
    }

    private Task<HttpResponseMessage> TusAsync(
        HttpMethod method, string path, string token, HttpContent? content = null,
        params (string Name, string Value)[] fields) =>
        SendAsync(method, path, content, token, [("Tus-Resumable", "1.0.0"), .. fields]);

    private async Task<byte[]> TakeAsync(string id, string key, string passphrase) =>
        await (await SendAsync(HttpMethod.Post, $"d/{id}", Form(("key", key), ("passphrase", passphrase))))
            .BodyAsync(200);

    private static async Task<(string Id, string Key)> CreatedAsync(HttpResponseMessage response)
    {
        using var created = JsonDocument.Parse(await response.BodyAsync(201));
        return (created.RootElement.GetProperty("id").GetString()!,
            created.RootElement.GetProperty("link").GetString()!.Split('#')[1]);
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    private Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, string? bearer = null,
        params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in fields)
            request.Headers.Add(name, value);
        return _http.SendAsync(request);
    }
}
