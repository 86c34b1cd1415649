namespace OneTimeShare.Server.Web.Pages;

/// <summary>The page behind a link, the same for every id: it does not tell whether there is such a share.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Id">As it stands in the address.</param>
/// <param name="Mangled">Whether the address had come with <c>%23</c> in the place of <c>#</c>.</param>
/// <param name="ClaimToken">
/// A new one, by which this page alone may take the share again while the lease lasts; null to leave it to the server.
/// </param>
public sealed record TakeModel(string PathBase, string Id, bool Mangled, string? ClaimToken = null);
