namespace OneTimeShare.Server.Web.Pages;

/// <summary>What every page has around it.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Title">Of the page, without the site's name.</param>
/// <param name="Script">Of the module that brings the page alive, without its ending; null for a page that has none.
/// </param>
public sealed record LayoutModel(string PathBase, string Title, string? Script = null);
