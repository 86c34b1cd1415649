using System.Text;
using CsCheck;
using Xunit;

namespace OneTimeShare.Server.Tests.Web;

/// <summary>Whatever comes in, the answer is a 4xx that says what to do, and never a mistake of the server.</summary>
public sealed class MalformedInputTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int Iterations = 150;

    private static readonly Gen<string> Text = Gen.OneOf(
        Of(Gen.Char[' ', '~'], 60), Gen.String[0, 30], Of(Gen.Char.AlphaNumeric, 30),
        Gen.OneOf("", ".", "..", "null", "%00", "%2e%2e%2f", "%ff", "#", "AAAAAAAAAAAAAAAAAAAAAA", "\u202E", "{0}"));

    private static readonly Gen<string> Header = Gen.OneOf(
        Of(Gen.Char['!', '~'], 60),
        Gen.OneOf("Bearer", "Bearer ", "Bearer AAAA", "bytes=-", "bytes=9-1", "multipart/form-data;boundary=\"", ";",
            "application/json;charset=", "text/html;q=", "99999999999999999999", ",,,", "\"", "W/\""));

    private static readonly string[] HeaderNames =
        ["Authorization", "Accept", "Range", "If-Range", "OTS-Passphrase", "OTS-Create-Token", "Sec-Fetch-Site",
            "X-Forwarded-For", "Content-Type", "If-None-Match", "Accept-Encoding", "Cookie", "Origin"];

    private static readonly string[] Paths =
        ["d/{0}", "r/{0}", "download/{0}", "api/v1/shares/{0}", "api/v1/shares/{0}/unlock", "api/v1/shares/{0}/claim",
            "api/v1/shares/{0}/content", "api/v1/shares/{0}/receipt", "api/v1/shares/{0}/attempts", "{0}/{0}",
            "api/{0}"];

    [Fact]
    public Task Random_ids_and_headers_are_a_strangers() =>
        Gen.Select(Gen.OneOf(Paths), Text, Gen.OneOf("GET", "HEAD", "POST", "DELETE", "PATCH"),
            Gen.OneOf(HeaderNames), Header)
        .SampleAsync(async (path, id, method, header, value) =>
        {
            string address = path.Replace("{0}", Uri.EscapeDataString(id.Replace("\ud800", "")));
            using var request = new HttpRequestMessage(new HttpMethod(method), address);
            if (method == "POST")
                request.Content = new StringContent("{}");
            if (header == "Content-Type")
                request.Content?.Headers.TryAddWithoutValidation(header, value);
            else
                request.Headers.TryAddWithoutValidation(header, value);
            using var response = await server.SendAsync(request);
            int status = (int)response.StatusCode;
            // A well-formed id has its pages; everything else is refused.
            Assert.True(status is (>= 400 and < 500) or 200 or 302 or 308, $"{status}");
            if (status >= 400)
                await RefusedAsync(response, method);
        }, iter: Iterations, threads: 2);

    [Fact]
    public Task Random_json_is_refused() =>
        Gen.Select(Gen.OneOf("unlock", "claim"), Json(3))
        .SampleAsync((door, json) => PostAsync(
            $"api/v1/shares/{Secret.NewToken()}/{door}", Utf8(json), "application/json"), iter: Iterations, threads: 2);

    [Fact]
    public Task Random_bytes_are_no_envelope() =>
        Gen.Select(Gen.Byte.Array[0, 70_000], Gen.Bool).SampleAsync(async (bytes, likeOne) =>
        {
            if (likeOne && bytes.Length > 24)
                "OTS1\u0001\0\0\0"u8.CopyTo(bytes);
            using var content = new ByteArrayContent(bytes);
            content.Headers.TryAddWithoutValidation("Content-Type", "application/vnd.onetimeshare.envelope");
            using var response = await server.PostAsync(
                "api/v1/shares", content, ("Authorization", "Bearer " + Secret.NewToken()));
            Assert.Equal(400, (int)response.StatusCode);
            await RefusedAsync(response, "POST");
        }, iter: Iterations, threads: 2);

    [Fact]
    public async Task A_flipped_byte_in_an_envelope_is_refused_or_is_a_share_that_opens_for_nobody()
    {
        var secret = await Secret.SealAsync("hush");
        await Gen.Select(Gen.Int[0, secret.Envelope.Length - 1], Gen.Int[1, 255]).SampleAsync(async (offset, bits) =>
        {
            byte[] envelope = [.. secret.Envelope];
            envelope[offset] ^= (byte)bits;
            using var response = await server.SendAsync(secret.Create(envelope: envelope));
            Assert.True((int)response.StatusCode is 201 or 400);
            if ((int)response.StatusCode == 400)
                return;
            string id = response.Header("Location")!.Split('/')[^1];
            bool verifies = false;
            try
            {
                using var opened = await server.SendAsync(secret.Open(id));
                verifies = opened.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // The connection broke, which is how the form says that this is not all.
            }
            Assert.False(verifies);
        }, iter: Iterations, threads: 2);
    }

    [Fact]
    public Task Random_forms_are_refused_or_shared_but_never_a_mistake() =>
        Gen.OneOf("--x", "--x--", "\r\n", "\n", "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"",
            "Content-Disposition: form-data; name=\"text\"",
            "Content-Disposition: form-data; name=file; filename*=UTF-8''%FF%",
            "Content-Disposition: form-data; name=\"passphrase\"", "Content-Disposition: form-data; name=\"ttl\"",
            "Content-Type: \u0000", "Content-Type: text/plain", ": ", "\r\n\r\n", "1h", "hush", "--",
            "\u00ff\u00fe", ";;=\"")
        .Array[0, 24].SampleAsync(async parts =>
        {
            using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(string.Concat(parts)));
            content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
            using var response = await server.PostAsync("upload", content);
            int status = (int)response.StatusCode;
            Assert.True(status is 201 or (>= 400 and < 500), $"{status}");
            if (status >= 400)
                await RefusedAsync(response, "POST");
        }, iter: 2 * Iterations, threads: 2);

    [Fact]
    public Task Random_small_forms_take_nothing() =>
        Gen.Select(Gen.OneOf("d", "r"), Gen.Select(Text, Text).Array[0, 20], Gen.Bool)
        .SampleAsync(async (door, fields, raw) =>
        {
            byte[] body = raw
                ? Utf8(string.Join('&', fields.Select(field => $"{field.Item1}={field.Item2}")))
                : await new FormUrlEncodedContent(
                    fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2))).ReadAsByteArrayAsync();
            await PostAsync($"{door}/{Secret.NewToken()}", body, "application/x-www-form-urlencoded");
        }, iter: Iterations, threads: 2);

    [Fact]
    public Task Random_names_come_out_clean() =>
        Gen.String[0, 100].SampleAsync(async name =>
        {
            string valid = string.Concat(name.EnumerateRunes().Select(rune => rune.ToString()));
            var secret = await Secret.SealAsync("hush", valid);
            using var opened = await server.SendAsync(secret.Open(await server.CreateAsync(secret)));
            Assert.Equal("hush", await opened.TextAsync());
            string header = opened.Header("Content-Disposition")!;
            Assert.StartsWith("attachment; filename=\"", header);
            Assert.Contains("filename*=UTF-8''" + Uri.EscapeDataString(
                Doors.DoorRequests.FileName(opened).Extended), header);
            Assert.DoesNotContain(header, char.IsControl);
        }, iter: Iterations, threads: 2);

    private static Gen<string> Json(int depth) => Gen.OneOf(
        Gen.OneOf("null", "true", "1e999", "-0", "\"\"", "{", "}", "[", ",", "", "\"\\ud800\"", "\u00e9"),
        Text.Select(text => System.Text.Json.Nodes.JsonValue.Create(text.Replace("\ud800", ""))!.ToJsonString()),
        depth == 0 ? Gen.Const("[]") : Json(depth - 1).Array[0, 4].Select(items => $"[{string.Join(',', items)}]"),
        depth == 0 ? Gen.Const("{}") : Gen.Select(
            Gen.OneOf("link_proof", "claim_proof", "claim_token", "x"), Json(depth - 1)).Array[0, 4]
            .Select(members => members.Select(member => $"\"{member.Item1}\":{member.Item2}"))
            .Select(members => $"{{{string.Join(',', members)}}}"));

    private static Gen<string> Of(Gen<char> character, int maxLength) =>
        character.Array[0, maxLength].Select(characters => new string(characters));

    private static byte[] Utf8(string text) => new UTF8Encoding(false).GetBytes(text);

    private static async Task RefusedAsync(HttpResponseMessage response, string method)
    {
        if (method == "HEAD")
            return;
        string? type = response.Content.Headers.ContentType?.MediaType;
        Assert.True(type is "application/problem+json" or "text/html", type);
        Assert.NotEmpty(await response.TextAsync());
    }

    private async Task PostAsync(string path, byte[] body, string type)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.PostAsync(path, content);
        Assert.True((int)response.StatusCode is >= 400 and < 500, $"{response.StatusCode}");
        await RefusedAsync(response, "POST");
        Assert.DoesNotContain("A mistake of ours", server.Logs.Text);
    }
}
