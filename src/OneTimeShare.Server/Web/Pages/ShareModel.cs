namespace OneTimeShare.Server.Web.Pages;

/// <summary>One share.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Row">What there is to see of it.</param>
/// <param name="FormToken">What the forms of this session carry.</param>
public sealed record ShareModel(string PathBase, ShareRow Row, string FormToken);
