namespace OneTimeShare.Server.Web.Pages;

/// <summary>Any error, as a browser is told of it.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="Title">What went wrong, in a few words.</param>
/// <param name="Status">The answer's status code.</param>
/// <param name="Detail">A sentence that says what to do next.</param>
/// <param name="At">When it happened, of a share that was taken or has ended.</param>
/// <param name="AttemptsLeft">How many more passphrases may be tried, after a wrong one.</param>
/// <param name="RetryAfter">How long to wait, where that is known.</param>
/// <param name="FormAddress">Where the form is that this answers, to try again; null where that is of no use.</param>
public sealed record ProblemModel(
    string PathBase,
    string Title,
    int Status,
    string Detail,
    DateTimeOffset? At = null,
    int? AttemptsLeft = null,
    TimeSpan? RetryAfter = null,
    string? FormAddress = null);
