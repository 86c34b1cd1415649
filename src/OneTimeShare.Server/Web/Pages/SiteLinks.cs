namespace OneTimeShare.Server.Web.Pages;

/// <summary>Where whoever runs this server says who they are.</summary>
public sealed record SiteLinks(Uri? Imprint = null, Uri? Privacy = null, Uri? Feedback = null)
{
    internal bool Any => (Imprint ?? Privacy ?? Feedback) is not null;
}
