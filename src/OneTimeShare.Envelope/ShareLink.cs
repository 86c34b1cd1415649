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
    private const string Door = "/d/";

    /// <summary>
    /// Reads a link, with white space around it or a query, which both are dropped; false where it is none, or its
    /// id or link key is not canonical.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ShareLink? link)
    {
        // Cut as it is spelled: Uri would unescape %41 first, and another spelling would pass for the canonical one.
        link = null;
        text = text.Trim();
        int hash = text.IndexOf('#');
        if (hash < 0)
            return false;
        int query = text.AsSpan(0, hash).IndexOf('?');
        string address = text[..(query < 0 ? hash : query)];
        int id = address.LastIndexOf('/') + 1;

        if (!address.AsSpan(0, id).EndsWith(Door, StringComparison.Ordinal)
            || !Uri.TryCreate(address[..(id - Door.Length + 1)], UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https")
            || !ShareId.TryParse(address.AsSpan(id), out var shareId)
            || !LinkKey.TryParse(text.AsSpan(hash + 1), out var linkKey))
            return false;
        link = new ShareLink(server, shareId, linkKey);
        return true;
    }

    /// <summary>The link in full, a secret; <see cref="ToString"/> has no key.</summary>
    public string ToLink() => $"{this}#{LinkKey.ToFragment()}";

    /// <summary>The address without the key.</summary>
    public override string ToString() => $"{Server.AbsoluteUri}d/{Id}";

    /// <inheritdoc/>
    public void Dispose() => LinkKey.Dispose();
}
