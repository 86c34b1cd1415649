using System.Diagnostics.CodeAnalysis;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>What the sender keeps: <c>https://host/r/{id}#{receipt token}</c>.</summary>
/// <param name="Server">The server's address, ending in a slash.</param>
/// <param name="Id">The share.</param>
/// <param name="Token">The sender's own.</param>
public sealed record ReceiptLink(Uri Server, ShareId Id, ReceiptToken Token)
{
    private const string Door = "/r/";

    /// <summary>
    /// Reads a receipt link, with white space around it or a query, which both are dropped; false where it is none.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ReceiptLink? link)
    {
        ArgumentNullException.ThrowIfNull(text);
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
            || !ReceiptToken.TryParse(text.AsSpan(hash + 1), out var token))
            return false;
        link = new ReceiptLink(server, shareId, token);
        return true;
    }

    /// <summary>The link in full, a secret; <see cref="ToString"/> has no token.</summary>
    public string ToLink() => $"{this}#{Token.ToText()}";

    /// <summary>The address without the token.</summary>
    public override string ToString() => $"{Server.AbsoluteUri}r/{Id}";
}
