namespace OneTimeShare.Server.Web.Pages;

/// <summary>How this server is doing.</summary>
public sealed record OverviewModel(
    string PathBase, string FormToken, string Version, long Live, long Created, long StorageUsed, long? StorageMax,
    Plot Created7Days, IReadOnlyList<(string What, string Found)> Start)
{
    internal string Storage => StorageMax is { } max
        ? $"{InWords.Size(StorageUsed)} of {InWords.Size(max)}" : $"{InWords.Size(StorageUsed)}, limited by the disk";
}
