using System.Globalization;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web.Pages;

/// <summary>What was counted of one thing, in all and in each of the last hours.</summary>
/// <param name="Name">For the addresses within the page.</param>
/// <param name="Title">What is counted.</param>
/// <param name="Total">As people write it.</param>
/// <param name="Meaning">The plot in words.</param>
/// <param name="Bars">One for each hour in which there was something.</param>
public sealed record Plot(string Name, string Title, string Total, string Meaning, IReadOnlyList<PlotBar> Bars)
{
    public const int Hours = 7 * 24;
    public const int Height = 48;

    internal static Plot Of(ShareCount what, CountedShares counted, DateTimeOffset now)
    {
        var first = now - TimeSpan.FromHours(Hours);
        var counts = (from hour in counted.Hours
                      let place = (int)Math.Floor((hour.Key - first).TotalHours)
                      where place is >= 0 and <= Hours && hour.Value[what] > 0
                      select (Place: Math.Min(place, Hours - 1), Count: hour.Value[what])).ToList();
        long most = counts.Select(hour => hour.Count).DefaultIfEmpty(0).Max();
        long sum = counts.Sum(hour => hour.Count);
        return new Plot(
            ShareCounts.NameOf(what),
            TitleOf(what),
            Words(what, counted.Total[what]),
            $"{Words(what, sum)} in the last 7 days, {Words(what, most)} in the busiest hour",
            [.. counts.Select(hour => new PlotBar(hour.Place, HeightOf(hour.Count, most)))]);
    }

    private static int HeightOf(long count, long most) => Math.Max(1, (int)(count * (double)Height / most));

    private static string Words(ShareCount what, long count) => what == ShareCount.CreatedBytes
        ? InWords.Size(count) : count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string TitleOf(ShareCount what) => what switch
    {
        ShareCount.Created => "Shared",
        ShareCount.CreatedBytes => "Sealed bytes shared",
        ShareCount.Claimed => "Taken",
        ShareCount.Delivered => "Delivered",
        ShareCount.Unconfirmed => "Taken and not confirmed",
        ShareCount.Expired => "Ran out unread",
        ShareCount.Burned => "Burned",
        ShareCount.WrongPassphrases => "Wrong passphrases",
    };
}

/// <summary>An hour, counted from the left, and how high it stands.</summary>
public sealed record PlotBar(int Place, int Height);
