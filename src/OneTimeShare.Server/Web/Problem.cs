using System.Text.Json.Serialization;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

/// <summary>
/// An error as RFC 9457 has it: a stable type, and a sentence that says what to do next. It never holds a secret, a
/// key, a proof or a name. Programs get JSON; a browser at one of the doors gets a page.
/// </summary>
internal sealed record Problem(
    [property: JsonIgnore] string Name,
    [property: JsonPropertyOrder(2)] int Status,
    [property: JsonPropertyOrder(1)] string Title,
    [property: JsonPropertyOrder(3)] string Detail) : IResult, IStatusCodeHttpResult
{
    [JsonPropertyOrder(0)]
    public string Type => "/problems/" + Name;

    /// <summary>With a wrong passphrase: how many more may be tried.</summary>
    public int? AttemptsLeft { get; init; }

    /// <summary>Of a share that is not pending any more.</summary>
    public string? State { get; init; }

    /// <summary>When it was claimed, while claimed; else when it ended.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When to come again.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>With a 401, which has to say what to show.</summary>
    [JsonIgnore]
    public string? Challenge { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        httpContext.Response.Headers.CacheControl = "no-store";
        if (Challenge is not null)
            httpContext.Response.Headers.WWWAuthenticate = Challenge;
        if (RetryAfter is { } retry)
            httpContext.Response.Headers.RetryAfter = ((long)Math.Ceiling(retry.TotalSeconds)).ToString();
        return httpContext.Request.WantsPage()
            ? ProblemView.WriteAsync(httpContext, this)
            : httpContext.Response.WriteAsJsonAsync(
                this, WebJson.ForPeople.Problem, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>Null where the check has passed.</summary>
    public static Problem? For(Check check) => check.Outcome switch
    {
        CheckOutcome.NotFound => Problems.NotFound,
        CheckOutcome.Ended => For(check.Ending),
        CheckOutcome.Locked => Problems.Locked,
        CheckOutcome.WrongClaimProof => WrongPassphrase(check.AttemptsLeft),
        CheckOutcome.Passed => null,
    };

    public static Problem For(Ending ending) => ending.State switch
    {
        ShareState.Claimed => Gone("claimed", "Somebody has taken it",
            "Somebody with this link has taken it. If it was not you, tell the sender: another knows what was in it.",
            ending),
        ShareState.Delivered => Gone("delivered", "It has been taken",
            "Somebody with this link took it, and it was deleted. If it was not you, tell the sender.", ending),
        ShareState.Unconfirmed => Gone("unconfirmed", "It has been taken",
            "Somebody with this link took it, without confirming that all of it arrived, and it was deleted. If it was "
            + "not you, tell the sender.", ending),
        ShareState.Expired => Gone("expired", "Its time ran out",
            "Nobody took it in time, and it was deleted. Ask the sender for a new link.", ending),
        ShareState.Burned => Gone("burned", "The sender burned it",
            "The sender deleted it before it was delivered. Ask the sender for a new link.", ending),
        ShareState.Pending => throw new InvalidOperationException("A pending share has not ended."),
    };

    public static Problem Lost(DateTimeOffset claimedAt) => Gone("lost", "It is lost",
        "The server no longer has what was in it. Ask the sender for a new link.",
        new Ending(ShareState.Claimed, claimedAt));

    private static Problem WrongPassphrase(int attemptsLeft) => new("wrong-passphrase", 403, "Wrong passphrase",
        attemptsLeft == 0
            ? "That is not the passphrase, and it was the last attempt. Ask the sender to allow more."
            : "That is not the passphrase. Nothing is lost: try again, or ask the sender for it.")
    {
        AttemptsLeft = attemptsLeft,
    };

    /// <summary>The claimant comes again with another passphrase: not counted, since it has been known.</summary>
    public static Problem WrongPassphraseAgain { get; } = new("wrong-passphrase", 403, "Wrong passphrase",
        "That is not the passphrase that you took it with. Nothing is lost: try again.");

    private static Problem Gone(string name, string title, string detail, Ending ending) =>
        new(name, 410, title, detail) { State = ending.State.ToName(), At = ending.At };
}
