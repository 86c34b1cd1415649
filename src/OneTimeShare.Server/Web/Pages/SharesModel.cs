namespace OneTimeShare.Server.Web.Pages;

/// <summary>Some of all shares.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Rows">In the store's order.</param>
/// <param name="Next">From where the next page goes on; null on the last.</param>
/// <param name="IsFirst">Whether this is the first.</param>
public sealed record SharesModel(string PathBase, IReadOnlyList<ShareRow> Rows, long? Next, bool IsFirst);
