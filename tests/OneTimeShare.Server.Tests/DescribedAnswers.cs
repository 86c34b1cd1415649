using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>Holds every answer that any test is given to the server's description of itself.</summary>
internal sealed class DescribedAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        string path = request.RequestUri!.AbsolutePath;
        if (path.StartsWith("/assets/", StringComparison.Ordinal))
            return response;
        string? type = response.Content.Headers.ContentType?.MediaType;
        string? body = type is "application/json" or "application/problem+json" && request.Method != HttpMethod.Head
            ? await response.Content.ReadAsStringAsync(cancellationToken) : null;
        string[] names = [.. response.Headers.Concat(response.Content.Headers).Select(header => header.Key)];
        Assert.Empty(ApiDescriptions.Check(
            request.Method.Method, path, (int)response.StatusCode, type, names, body));
        return response;
    }
}
