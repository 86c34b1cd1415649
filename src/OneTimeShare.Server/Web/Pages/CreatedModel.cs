namespace OneTimeShare.Server.Web.Pages;

/// <summary>A share that was just published, for its sender's eyes only.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Link">In full, with the link key.</param>
/// <param name="ReceiptLink">In full, with the receipt token.</param>
/// <param name="ExpiresAt">When its timer runs out.</param>
/// <param name="CurlLine">The line that opens it in a terminal.</param>
public sealed record CreatedModel(
    string PathBase,
    string Link,
    string ReceiptLink,
    DateTimeOffset ExpiresAt,
    string CurlLine);
