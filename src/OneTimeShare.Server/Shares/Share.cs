namespace OneTimeShare.Server.Shares;

/// <summary>
/// Where a share is in its life. Expired and unconfirmed follow from the times; nobody has to write them.
/// </summary>
internal enum ShareState
{
    Pending,
    Claimed,
    Delivered,
    Unconfirmed,
    Expired,
    Burned,
}

internal static class ShareStateNames
{
    /// <summary>As the API spells it.</summary>
    public static string ToName(this ShareState state) => state switch
    {
        ShareState.Pending => "pending",
        ShareState.Claimed => "claimed",
        ShareState.Delivered => "delivered",
        ShareState.Unconfirmed => "unconfirmed",
        ShareState.Expired => "expired",
        ShareState.Burned => "burned",
    };
}

/// <summary>How a share ended, or that it is claimed by somebody else.</summary>
/// <param name="State">Anything but pending.</param>
/// <param name="At">When it was claimed, while claimed; else when it ended.</param>
internal readonly record struct Ending(ShareState State, DateTimeOffset At);
