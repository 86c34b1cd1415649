namespace OneTimeShare.Server.Web.Pages;

/// <summary>The page behind a receipt link, the same for every id.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Id">As it stands in the address.</param>
public sealed record ReceiptModel(string PathBase, string Id);
