using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Stores;

/// <summary>A share's state in the word that every store answers it with.</summary>
internal static class StoredState
{
    public static ShareState Read(string word) => word switch
    {
        "pending" => ShareState.Pending,
        "claimed" => ShareState.Claimed,
        "delivered" => ShareState.Delivered,
        "unconfirmed" => ShareState.Unconfirmed,
        "expired" => ShareState.Expired,
        "burned" => ShareState.Burned,
        var other => throw new InvalidOperationException($"A share has no state '{other}'."),
    };
}
