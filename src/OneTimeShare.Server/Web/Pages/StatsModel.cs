namespace OneTimeShare.Server.Web.Pages;

/// <summary>How often what has happened.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Plots">One for each thing that is counted.</param>
public sealed record StatsModel(string PathBase, IReadOnlyList<Plot> Plots);
