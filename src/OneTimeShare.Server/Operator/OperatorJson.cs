using System.Text.Json.Serialization;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

internal sealed record ListedResponse(
    string Id, string State, DateTimeOffset At, long Size, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    int FailedAttempts)
{
    public static ListedResponse Of(ListedShare share) => new(
        share.Id.ToString(), share.State.ToName(), share.At, share.Size, share.CreatedAt, share.ExpiresAt,
        share.FailedAttempts);
}

/// <param name="Shares">Some of all.</param>
/// <param name="Next">What to ask for as <c>?from=</c>; null where there are no more.</param>
internal sealed record ListResponse(IReadOnlyList<ListedResponse> Shares, long? Next);

internal sealed record CountsResponse(
    long Created, long CreatedBytes, long Claimed, long Delivered, long Unconfirmed, long Expired, long Burned,
    long WrongPassphrases)
{
    public static CountsResponse Of(ShareCounts counts) => new(
        counts[ShareCount.Created], counts[ShareCount.CreatedBytes], counts[ShareCount.Claimed],
        counts[ShareCount.Delivered], counts[ShareCount.Unconfirmed], counts[ShareCount.Expired],
        counts[ShareCount.Burned], counts[ShareCount.WrongPassphrases]);
}

internal sealed record HourResponse(DateTimeOffset Hour, CountsResponse Counts);

/// <param name="Version">Of this server.</param>
/// <param name="Live">How many shares wait for their reader, or are on their way to one.</param>
/// <param name="StorageUsed">The bytes that they hold, and that uploads have reserved.</param>
/// <param name="StorageMax">Null where there is no limit but the disk's.</param>
/// <param name="Total">Since the store was made.</param>
/// <param name="Hours">The last days, without the hours in which nothing has happened.</param>
internal sealed record StatsResponse(
    string Version, long Live, long StorageUsed, long? StorageMax, CountsResponse Total,
    IReadOnlyList<HourResponse> Hours);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ListedResponse))]
[JsonSerializable(typeof(ListResponse))]
[JsonSerializable(typeof(StatsResponse))]
internal sealed partial class OperatorJson : JsonSerializerContext;
