using System.Globalization;
using System.Net;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>Where to go on from; all of it has arrived once it is published.</summary>
internal sealed record UploadOffset(long Offset);

/// <summary>The upload's id is that of the share to come.</summary>
internal sealed record BegunUpload(ShareId Id);

/// <summary>Large envelopes, in pieces that resume: tus 1.0.0, each act one request.</summary>
internal sealed class Uploads(Exchange exchange, Uri server, ReceiptToken receipt)
{
    private const string OffsetHeader = "Upload-Offset";
    private static readonly TimeSpan PieceWait = TimeSpan.FromMinutes(2);

    public Task<Answer<BegunUpload>> BeginAsync(
        long length, CreateOptions options, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Post, "uploads" + Creating.Query(options));
        request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
        Creating.AddToken(request, options);
        return exchange.SendAsync<BegunUpload>(
            request,
            async response =>
            {
                if (response.StatusCode != HttpStatusCode.Created)
                    return await Problems.ReadAsync(response, cancellationToken);
                string location = response.Headers.Location?.OriginalString ?? "";
                return ShareId.TryParse(location.AsSpan(location.LastIndexOf('/') + 1), out var id)
                    ? new BegunUpload(id) : Problems.Unexpected(response);
            },
            Exchange.ShortWait,
            cancellationToken);
    }

    public Task<Answer<UploadOffset>> FindAsync(ShareId id, CancellationToken cancellationToken) =>
        exchange.SendAsync(
            Request(HttpMethod.Head, $"uploads/{id}"),
            response => ReadOffsetAsync(response, HttpStatusCode.OK, cancellationToken),
            Exchange.ShortWait,
            cancellationToken);

    /// <summary>The body of a request that sends what is held between two places.</summary>
    public static HeldContent Piece(HeldEnvelope envelope, long from, long to, Action<long> onSent) =>
        new(envelope, from, to, "application/offset+octet-stream", onSent);

    /// <summary>Sends the next bytes. What has arrived of a request that breaks may count.</summary>
    public Task<Answer<UploadOffset>> AppendAsync(
        ShareId id, long offset, HeldContent piece, CancellationToken cancellationToken)
    {
        var request = Request(HttpMethod.Patch, $"uploads/{id}");
        request.Headers.Add(OffsetHeader, offset.ToString(CultureInfo.InvariantCulture));
        request.Content = piece;
        return exchange.SendAsync(
            request,
            response => ReadOffsetAsync(response, HttpStatusCode.NoContent, cancellationToken),
            PieceWait,
            cancellationToken);
    }

    /// <summary>Gives it up; what does not arrive, the server forgets by itself.</summary>
    public Task EndAsync(ShareId id) => exchange.SendAsync<BegunUpload>(
        Request(HttpMethod.Delete, $"uploads/{id}"),
        _ => Task.FromResult<Answer<BegunUpload>>(new BegunUpload(id)),
        TimeSpan.FromSeconds(5),
        CancellationToken.None);

    private static async Task<Answer<UploadOffset>> ReadOffsetAsync(
        HttpResponseMessage response, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.Conflict)
            return new Refusal(RefusalKind.NoAnswer); // another request of this upload may still be arriving: ask
        if (response.StatusCode != expected)
            return await Problems.ReadAsync(response, cancellationToken);
        return response.Headers.TryGetValues(OffsetHeader, out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out long offset)
                ? new UploadOffset(offset) : Problems.Unexpected(response);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = Exchange.Request(method, server, path, receipt.ToText());
        request.Headers.Add("Tus-Resumable", "1.0.0");
        return request;
    }
}

/// <summary>What every request that creates carries.</summary>
internal static class Creating
{
    public static string Query(CreateOptions options) => options.Lifetime is { } lifetime
        ? string.Create(CultureInfo.InvariantCulture, $"?ttl={(long)lifetime.TotalSeconds}") : "";

    public static void AddToken(HttpRequestMessage request, CreateOptions options)
    {
        // As it is: a token that is no header's value is the server's to refuse, and not a mistake of ours.
        if (options.CreateToken is { } token)
            request.Headers.TryAddWithoutValidation("OTS-Create-Token", token);
    }
}
