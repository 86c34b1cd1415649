namespace OneTimeShare.Cli;

/// <summary>What <c>ots</c> ends with: documented in docs/cli.md, and the same for ever.</summary>
internal enum ExitCode
{
    Done = 0,
    Failure = 1,
    Usage = 2,
    Gone = 3,
    WrongPassphrase = 4,
    Locked = 5,
    Network = 6,

    /// <summary>As shells say that SIGINT ended a program.</summary>
    Interrupted = 130,
}

/// <summary>Ends a command with a sentence, and where there is one, with what to do now.</summary>
internal sealed class ComplaintException(ExitCode code, string message, string? hint = null) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public string? Hint { get; } = hint;

    public static ComplaintException Usage(string message, string? hint = null) => new(ExitCode.Usage, message, hint);

    public static ComplaintException Failure(string message, string? hint = null) =>
        new(ExitCode.Failure, message, hint);
}
