using System.Net;
using System.Text.Json;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>What the sender has of a share that the server sealed.</summary>
internal sealed record LinkedShare(
    string Id, string LinkKey, string ReceiptToken, DateTimeOffset ExpiresAt, string Link)
{
    public static LinkedShare Of(JsonElement created)
    {
        string link = created.GetProperty("link").GetString()!;
        return new LinkedShare(
            created.GetProperty("id").GetString()!,
            link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..],
            created.GetProperty("receipt_link").GetString()!.Split('#')[1],
            created.GetProperty("expires_at").GetDateTimeOffset(),
            link);
    }
}

/// <summary>Shares and opens as curl does.</summary>
internal static class DoorRequests
{
    public static Task<LinkedShare> ShareAsync(this RunningServer server, Form form, string query = "") =>
        server.ShareAsync(HttpMethod.Post, "upload" + query, form.ToContent());

    public static async Task<LinkedShare> ShareAsync(
        this RunningServer server, HttpMethod method, string path, HttpContent content,
        params (string Name, string Value)[] headers)
    {
        using var response = await server.SendAsync(
            method, path, content, [("Accept", "application/json"), .. headers]);
        var json = await response.JsonAsync(HttpStatusCode.Created, "id", "link", "receipt_link", "expires_at");
        var share = LinkedShare.Of(json);
        Assert.Equal($"{server.Address}d/{share.Id}#{share.LinkKey}", share.Link);
        return share;
    }

    public static Task<HttpResponseMessage> OpenAsync(
        this RunningServer server, LinkedShare share, string? passphrase = null, string? claimToken = null) =>
        server.SendAsync(Secret.Open(share.Id, share.LinkKey, passphrase, claimToken));

    /// <summary>The name by which a file would be saved, as curl reads it and as browsers do.</summary>
    public static (string Plain, string Extended) FileName(this HttpResponseMessage response)
    {
        string header = response.Header("Content-Disposition")!;
        Assert.StartsWith("attachment; filename=\"", header);
        int end = header.IndexOf("\"; filename*=UTF-8''", StringComparison.Ordinal);
        string plain = header["attachment; filename=\"".Length..end];
        return (plain, Uri.UnescapeDataString(header[(end + "\"; filename*=UTF-8''".Length)..]));
    }
}
