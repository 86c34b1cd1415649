using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneTimeShare.Client;

/// <summary>Sends a request once, and reads its answer. It repeats nothing: that is the asker's.</summary>
internal sealed class Exchange(HttpMessageHandler handler, bool disposeHandler) : IDisposable
{
    // Far more than any answer in JSON has, so that nobody can fill the memory.
    public const int MaxAnswer = 1024 * 1024;

    // Each request has its own patience.
    private readonly HttpClient _http = new(handler, disposeHandler) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>How long a request may take that carries little.</summary>
    public static TimeSpan ShortWait { get; } = TimeSpan.FromSeconds(60);

    public static HttpRequestMessage Request(HttpMethod method, Uri server, string path, string? bearer = null)
    {
        var request = new HttpRequestMessage(method, new Uri(server, "api/v1/" + path));
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        request.Headers.UserAgent.Add(UserAgent);
        return request;
    }

    private static ProductInfoHeaderValue UserAgent { get; } = new(
        "OneTimeShare.Client", typeof(Exchange).Assembly.GetName().Version?.ToString(3));

    /// <summary>
    /// The answer, read by <paramref name="read"/>, or that none came in <paramref name="wait"/>, which begins anew
    /// with every part of a piece that was sent. The request is disposed.
    /// </summary>
    public async Task<Answer<T>> SendAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, Task<Answer<T>>> read,
        TimeSpan wait,
        CancellationToken cancellationToken)
        where T : class
    {
        using (request)
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(wait);
            if (request.Content is HeldContent held)
                held.OnSlice = () => patience.CancelAfter(wait);
            try
            {
                using var response = await _http.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
                await response.Content.LoadIntoBufferAsync(MaxAnswer, patience.Token);
                return await read(response);
            }
            catch (Exception failure) when (IsNetwork(failure) && !cancellationToken.IsCancellationRequested)
            {
                return Broken(failure);
            }
        }
    }

    /// <summary>The answer's headers, its body to be read by who asked; or why there is none.</summary>
    public async Task<Answer<HttpResponseMessage>> OpenAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            patience.CancelAfter(ShortWait);
            try
            {
                return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            }
            catch (Exception failure) when (IsNetwork(failure) && !cancellationToken.IsCancellationRequested)
            {
                return Broken(failure);
            }
        }
    }

    /// <summary>Null where it is done, which the server says by 204.</summary>
    public async Task<Refusal?> DoAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync<Done>(
            request,
            async response => response.StatusCode == HttpStatusCode.NoContent
                ? new Done() : await Problems.ReadAsync(response, cancellationToken),
            ShortWait,
            cancellationToken);
        return answer.Is(out _, out var refusal) ? null : refusal;
    }

    /// <summary>The body of a request.</summary>
    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Null where it is not what it has to be.</summary>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether the network, and not this program, is at fault. HttpClient wraps what a socket throws, but not where a
    /// connection is closed in the moment in which it is made.
    /// </summary>
    public static bool IsNetwork(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or OperationCanceledException;

    public static Refusal Broken(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new Refusal(RefusalKind.Unexpected),
        HttpRequestException { InnerException: AuthenticationException } => new Refusal(RefusalKind.NotTrusted),
        HttpRequestException { HttpRequestError: var error } =>
            new Refusal(RefusalKind.NoAnswer) { Network = error },
        _ => new Refusal(RefusalKind.NoAnswer),
    };

    public void Dispose() => _http.Dispose();

    private sealed record Done;
}
