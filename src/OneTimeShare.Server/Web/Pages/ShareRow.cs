using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web.Pages;

/// <summary>A share in the words of the operator's pages.</summary>
public sealed record ShareRow(
    string Id, string State, string Size, string Age, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset At, string AtTitle, int FailedAttempts, bool MayBurn)
{
    internal static ShareRow Of(ListedShare share, DateTimeOffset now) => new(
        share.Id.ToString(),
        StateOf(share.State),
        InWords.Size(share.Size),
        InWords.Age(now - share.CreatedAt),
        share.CreatedAt,
        share.ExpiresAt,
        share.At,
        AtTitleOf(share.State),
        share.FailedAttempts,
        share.State is ShareState.Pending or ShareState.Claimed);

    private static string StateOf(ShareState state) => state switch
    {
        ShareState.Pending => "Waiting",
        ShareState.Claimed => "Taken",
        ShareState.Delivered => "Delivered",
        ShareState.Unconfirmed => "Not confirmed",
        ShareState.Expired => "Ran out",
        ShareState.Burned => "Burned",
    };

    private static string AtTitleOf(ShareState state) => state switch
    {
        ShareState.Pending => "Runs out",
        ShareState.Claimed => "Taken",
        ShareState.Delivered or ShareState.Unconfirmed or ShareState.Expired or ShareState.Burned => "Ended",
    };
}
