using System.Text;

namespace OneTimeShare.Server.Stores;

/// <summary>One script for each transition, from the <c>.lua</c> files; the driver sends it by its hash.</summary>
internal static class RedisScripts
{
    private static readonly string Clock = Read("clock");
    private static readonly string Share = Clock + Read("share");

    public static readonly string Publish = Share + Read("publish");
    public static readonly string Preview = Share + Read("preview");
    public static readonly string Check = Share + Read("check");
    public static readonly string Claim = Share + Read("claim");
    public static readonly string Repair = Share + Read("repair");
    public static readonly string Deliver = Share + Read("deliver");
    public static readonly string Shorten = Share + Read("shorten");
    public static readonly string End = Share + Read("end");
    public static readonly string Receipt = Share + Read("receipt");
    public static readonly string Allow = Read("allow");
    public static readonly string Sweep = Share + Read("sweep");
    public static readonly string Holds = Share + Read("holds");

    public static readonly string BeginUpload = Clock + Read("begin-upload");
    public static readonly string FindUpload = Clock + Read("find-upload");
    public static readonly string TakeUpload = Clock + Read("take-upload");
    public static readonly string AdvanceUpload = Clock + Read("advance-upload");
    public static readonly string EndUpload = Clock + Read("end-upload");

    public static readonly string Reserve = Clock + Read("reserve");
    public static readonly string Settle = Clock + Read("settle");
    public static readonly string Network = Read("network");
    public static readonly string Due = Clock + Read("due");
    public static readonly string Rate = Read("rate");
    public static readonly string Count = Clock + Read("count");
    public static readonly string Listed = Share + Read("listed");

    private static string Read(string name)
    {
        using var resource = typeof(RedisScripts).Assembly.GetManifestResourceStream($"{name}.lua")
            ?? throw new InvalidOperationException($"The program has no script {name}.");
        using var reader = new StreamReader(resource, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return reader.ReadToEnd();
    }
}
