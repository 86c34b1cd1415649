using System.Diagnostics.CodeAnalysis;

namespace OneTimeShare.Envelope;

/// <summary>
/// What a sender hands on: <c>https://host/d/{id}#{link key}</c>, with a path before <c>/d/</c> where the server
/// lives below one. The fragment never leaves the browser.
/// </summary>
/// <param name="Server">The server's address, ending in a slash.</param>
/// <param name="Id">The share.</param>
/// <param name="LinkKey">Belongs to the link: disposed with it.</param>
public sealed record ShareLink(Uri Server, ShareId Id, LinkKey LinkKey) : IDisposable
{
    /// <summary>Reads a link; false where it is none, or its id or link key is not canonical.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ShareLink? link)
    {
        link = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return false;
        int id = uri.AbsolutePath.LastIndexOf('/') + 1;
        if (!uri.AbsolutePath.AsSpan(0, id).EndsWith("/d/", StringComparison.Ordinal)
            || !ShareId.TryParse(uri.AbsolutePath.AsSpan(id), out var shareId)
            || uri.Fragment is not ['#', .. var fragment] || !LinkKey.TryParse(fragment, out var linkKey))
            return false;
        var server = new Uri(uri.GetLeftPart(UriPartial.Authority) + uri.AbsolutePath[..(id - "d/".Length)]);
        link = new ShareLink(server, shareId, linkKey);
        return true;
    }

    /// <summary>The link in full, a secret; <see cref="ToString"/> has no key.</summary>
    public string ToLink() => $"{this}#{LinkKey.ToFragment()}";

    /// <summary>The address without the key.</summary>
    public override string ToString() => $"{Server}d/{Id}";

    /// <inheritdoc/>
    public void Dispose() => LinkKey.Dispose();
}
