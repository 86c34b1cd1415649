using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Xunit;

namespace OneTimeShare.Server.Tests.Uploads;

/// <summary>A secret on its way in pieces, as its sender asks for it.</summary>
internal static class Uploading
{
    public const string Path = "api/v1/uploads";

    public static HttpRequestMessage Begin(this Secret secret, string query = "", long? length = null) =>
        Request(secret, HttpMethod.Post, Path + query, ("Upload-Length", Text(length ?? secret.Envelope.Length)));

    public static HttpRequestMessage Look(this Secret secret, string upload) =>
        Request(secret, HttpMethod.Head, upload);

    public static HttpRequestMessage GiveUp(this Secret secret, string upload) =>
        Request(secret, HttpMethod.Delete, upload);

    /// <summary>The part of the envelope from a start up to an end.</summary>
    public static HttpRequestMessage Append(this Secret secret, string upload, int start, int end) =>
        secret.Append(upload, start, secret.Envelope[start..end]);

    public static HttpRequestMessage Append(this Secret secret, string upload, long offset, byte[] bytes)
    {
        var request = Request(secret, HttpMethod.Patch, upload, ("Upload-Offset", Text(offset)));
        request.Content = new ByteArrayContent(bytes)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") },
        };
        return request;
    }

    /// <summary>Begins an upload.</summary>
    /// <returns>Its address.</returns>
    public static async Task<string> BeginAsync(this RunningServer server, Secret secret, string query = "")
    {
        using var begun = await server.SendAsync(secret.Begin(query));
        begun.Is(HttpStatusCode.Created);
        return begun.Headers.Location!.OriginalString.TrimStart('/');
    }

    /// <summary>Appends, and is told so.</summary>
    public static async Task AppendAsync(this RunningServer server, Secret secret, string upload, int start, int end)
    {
        using var appended = await server.SendAsync(secret.Append(upload, start, end));
        appended.Is(HttpStatusCode.NoContent);
        Assert.Equal(Text(end), appended.Header("Upload-Offset"));
        Assert.Equal("1.0.0", appended.Header("Tus-Resumable"));
        Assert.Equal(end < secret.Envelope.Length, appended.Header("Upload-Expires") is not null);
    }

    /// <summary>How much the server says there is; null for 404.</summary>
    public static async Task<long?> OffsetAsync(this RunningServer server, Secret secret, string upload)
    {
        using var looked = await server.SendAsync(secret.Look(upload));
        if (looked.StatusCode == HttpStatusCode.NotFound)
            return null;
        looked.Is(HttpStatusCode.OK);
        Assert.Equal(Text(secret.Envelope.Length), looked.Header("Upload-Length"));
        return long.Parse(looked.Header("Upload-Offset")!, CultureInfo.InvariantCulture);
    }

    /// <summary>The share is all that was sealed, and leaves nothing behind but itself.</summary>
    public static async Task AssertPublishedAsync(this RunningServer server, Secret secret, string upload)
    {
        string id = upload[(upload.LastIndexOf('/') + 1)..], token = Secret.NewToken();
        Assert.Equal(secret.Envelope.Length, await server.OffsetAsync(secret, upload));
        using var claimed = await server.SendAsync(secret.Claim(id, token));
        var claim = await claimed.JsonAsync(HttpStatusCode.OK);
        Assert.Equal(secret.Manifest, Envelope.StrictBase64Url.Decode(claim.GetProperty("manifest").GetString()!));
        Assert.Equal(secret.Records.Length <= 65_552, claim.TryGetProperty("content", out _));
        using var content = await server.SendAsync(Secret.Fetch(id, token));
        Assert.Equal(secret.Records, await content.BytesAsync());
    }

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static HttpRequestMessage Request(
        Secret secret, HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Headers = { Authorization = Secret.Bearer(secret.ReceiptToken) },
        };
        request.Headers.Add("Tus-Resumable", "1.0.0");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return request;
    }
}
