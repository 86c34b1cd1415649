namespace OneTimeShare.Server.Web.Pages;

/// <summary>The page to share a text or files, and what this server allows.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="MaxSize">The sum of a secret's files, in bytes.</param>
/// <param name="DefaultLifetime">Chosen where the visitor chooses nothing.</param>
/// <param name="MinLifetime">The shortest that is allowed.</param>
/// <param name="MaxLifetime">The longest that is allowed.</param>
/// <param name="Extensions">Without dots; empty where any is allowed.</param>
/// <param name="NeedsCreateToken">Whether creating needs the operator's token.</param>
/// <param name="Address">
/// What links begin with, ending in a slash; null where the operator has not said, and the visitor's browser knows.
/// </param>
public sealed record HomeModel(
    string PathBase,
    long MaxSize,
    TimeSpan DefaultLifetime,
    TimeSpan MinLifetime,
    TimeSpan MaxLifetime,
    IReadOnlyList<string> Extensions,
    bool NeedsCreateToken,
    string? Address)
{
    private static readonly TimeSpan[] Usual =
    [
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(5),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(3),
        TimeSpan.FromDays(7),
        TimeSpan.FromDays(30),
    ];

    /// <summary>The usual lifetimes that the server allows, with its default and both its bounds among them.</summary>
    public IEnumerable<TimeSpan> Lifetimes =>
        new SortedSet<TimeSpan>([.. Usual.Where(Allowed), MinLifetime, DefaultLifetime, MaxLifetime]);

    private bool Allowed(TimeSpan lifetime) => lifetime >= MinLifetime && lifetime <= MaxLifetime;
}
