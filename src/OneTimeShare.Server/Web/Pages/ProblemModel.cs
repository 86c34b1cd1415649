namespace OneTimeShare.Server.Web.Pages;

/// <summary>Any error, as a browser is told of it.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Title">What went wrong, in a few words.</param>
/// <param name="Status">The answer's status code.</param>
/// <param name="Detail">A sentence that says what to do next.</param>
public sealed record ProblemModel(string PathBase, string Title, int Status, string Detail);
