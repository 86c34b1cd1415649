namespace OneTimeShare.Server.Web;

/// <summary>Methods that go together: every GET has its HEAD.</summary>
internal static class Methods
{
    public static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];
}
