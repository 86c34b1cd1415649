namespace OneTimeShare.Server.Tests.Processes;

/// <summary>Requests at the doors for people and curl.</summary>
internal static class Forms
{
    public static HttpRequestMessage Take(
        string id, string linkKey, string? passphrase = null, string? claimToken = null)
    {
        var fields = new Dictionary<string, string> { ["key"] = linkKey };
        if (passphrase is not null)
            fields["passphrase"] = passphrase;
        if (claimToken is not null)
            fields["claim_token"] = claimToken;
        return new HttpRequestMessage(HttpMethod.Post, $"d/{id}") { Content = new FormUrlEncodedContent(fields) };
    }

    /// <summary>As <c>curl -T</c> sends a file.</summary>
    public static HttpRequestMessage Put(string name, byte[] content) =>
        new(HttpMethod.Put, Uri.EscapeDataString(name))
        {
            Headers = { { "Accept", "application/json" } },
            Content = new ByteArrayContent(content),
        };

    /// <summary>As <c>curl -F</c> sends files, the passphrase first.</summary>
    public static HttpRequestMessage Multipart(string? passphrase, params (string Name, byte[] Content)[] files)
    {
        var form = new MultipartFormDataContent();
        if (passphrase is not null)
            form.Add(new StringContent(passphrase), "passphrase");
        foreach (var (name, content) in files)
            form.Add(new ByteArrayContent(content), "file", name);
        return new HttpRequestMessage(HttpMethod.Post, "upload")
        {
            Headers = { { "Accept", "application/json" } },
            Content = form,
        };
    }
}
