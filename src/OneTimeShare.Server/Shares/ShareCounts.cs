namespace OneTimeShare.Server.Shares;

/// <summary>What is counted of the life of all shares; nothing of it is about anybody.</summary>
internal enum ShareCount
{
    Created,

    /// <summary>The bytes of their sealed records.</summary>
    CreatedBytes,
    Claimed,
    Delivered,
    Unconfirmed,
    Expired,
    Burned,
    WrongPassphrases,
}

/// <summary>How often each of these has happened.</summary>
internal sealed class ShareCounts
{
    public static IReadOnlyList<ShareCount> Kinds { get; } = Enum.GetValues<ShareCount>();

    private readonly long[] _counts = new long[Kinds.Count];

    public long this[ShareCount what]
    {
        get => _counts[(int)what];
        set => _counts[(int)what] = value;
    }

    /// <summary>Those that wait for their reader, or are on their way to one.</summary>
    public long Live => this[ShareCount.Created] - this[ShareCount.Delivered] - this[ShareCount.Unconfirmed]
        - this[ShareCount.Expired] - this[ShareCount.Burned];

    /// <summary>As the stores and the API spell it.</summary>
    public static string NameOf(ShareCount what) => what switch
    {
        ShareCount.Created => "created",
        ShareCount.CreatedBytes => "created_bytes",
        ShareCount.Claimed => "claimed",
        ShareCount.Delivered => "delivered",
        ShareCount.Unconfirmed => "unconfirmed",
        ShareCount.Expired => "expired",
        ShareCount.Burned => "burned",
        ShareCount.WrongPassphrases => "wrong_passphrases",
    };

    /// <summary>Null for a name that this version does not know.</summary>
    public static ShareCount? WithName(string name)
    {
        foreach (var what in Kinds)
        {
            if (NameOf(what) == name)
                return what;
        }
        return null;
    }

    /// <summary>How a share ended, as it is counted.</summary>
    public static ShareCount OfEnd(ShareState end) => end switch
    {
        ShareState.Delivered => ShareCount.Delivered,
        ShareState.Unconfirmed => ShareCount.Unconfirmed,
        ShareState.Expired => ShareCount.Expired,
        ShareState.Burned => ShareCount.Burned,
        ShareState.Pending or ShareState.Claimed => throw new ArgumentException("It has not ended.", nameof(end)),
    };
}

/// <summary>The counts since the store was made, and those of each of the last hours in which there were any.</summary>
/// <param name="Total">Never forgotten.</param>
/// <param name="Hours">By the hour's beginning; kept for <see cref="Kept"/>.</param>
internal sealed record CountedShares(ShareCounts Total, IReadOnlyDictionary<DateTimeOffset, ShareCounts> Hours)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(8);
}
