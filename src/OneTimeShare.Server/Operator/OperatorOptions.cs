namespace OneTimeShare.Server.Operator;

/// <summary>Who may see and do what an operator does.</summary>
internal sealed class OperatorOptions
{
    /// <summary>Null where nobody may, and there are no pages for it.</summary>
    public OperatorPassword? Password { get; init; }

    /// <summary>What a program shows to read <c>/metrics</c> and nothing else; null where there is none.</summary>
    public string? MetricsToken { get; init; }
}
