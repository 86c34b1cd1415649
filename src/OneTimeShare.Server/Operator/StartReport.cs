namespace OneTimeShare.Server.Operator;

/// <summary>What was found when the server started, as its operator would say it: no secret is in it.</summary>
internal sealed class StartReport
{
    public IReadOnlyList<(string What, string Found)> Lines { get; set; } = [];
}
