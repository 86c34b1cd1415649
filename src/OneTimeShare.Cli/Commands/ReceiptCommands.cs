using System.CommandLine;
using System.Globalization;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;

namespace OneTimeShare.Cli.Commands;

/// <summary>What a sender does with a receipt: <c>ots status</c>, <c>ots burn</c>, <c>ots allow</c>.</summary>
internal static class ReceiptCommands
{
    public static Command CreateStatus()
    {
        var json = new Option<bool>("--json") { Description = "print JSON" };
        var command = new Command("status", "Say what has become of what you sent.") { json };
        return With(command, async (parsed, client, receipt, cancel) =>
        {
            if (!(await client.ReadReceiptAsync(receipt, cancel)).Is(out var read, out var refusal))
                return refusal;
            StandardStreams.WriteLine(parsed.GetValue(json) ? Json.Status(read) : Text(read));
            return null;
        });
    }

    public static Command CreateBurn() => With(
        new Command("burn", "Take back what you sent, so that nobody can take it any more."),
        async (_, client, receipt, cancel) => await client.BurnAsync(receipt, cancel)
            ?? await LookAsync(client, receipt, ShareState.Burned, cancel));

    public static Command CreateAllow() => With(
        new Command("allow", "Allow more passphrases to be tried, also where too many wrong ones have locked it."),
        async (_, client, receipt, cancel) => await client.AllowAttemptsAsync(receipt, cancel)
            ?? await LookAsync(client, receipt, ShareState.Pending, cancel));

    /// <summary>The server says yes also where it had ended before, and nothing is changed by it.</summary>
    private static async Task<Refusal?> LookAsync(
        OneTimeShareClient client, ReceiptLink receipt, ShareState wanted, CancellationToken cancel)
    {
        if (!(await client.ReadReceiptAsync(receipt, cancel)).Is(out var read, out var refusal))
            return refusal;
        if (read is { State: ShareState.Burned, ClaimedAt: { } claimed })
        {
            Screen.Warning($"somebody had begun to take it at {Amounts.Time(claimed)}: "
                + "what was in it may be known to whoever has the link");
        }
        return read.State == wanted ? null : throw new ComplaintException(ExitCode.Gone, read.State switch
        {
            ShareState.Claimed or ShareState.Delivered or ShareState.Unconfirmed =>
                $"it had been taken already, at {Amounts.Time(read.ClaimedAt ?? read.ExpiresAt)}",
            ShareState.Expired => $"its time had run out already, at {Amounts.Time(read.ExpiresAt)}",
            ShareState.Burned => $"it had been burned already, at {Amounts.Time(read.EndedAt ?? read.ExpiresAt)}",
            ShareState.Pending => "it is still there",
        });
    }

    private static Command With(
        Command command,
        Func<ParseResult, OneTimeShareClient, ReceiptLink, CancellationToken, Task<Refusal?>> act)
    {
        var argument = Links.Receipt();
        var connection = new Connection();
        command.Arguments.Add(argument);
        connection.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var receipt = Links.ReadReceipt(parsed.GetRequiredValue(argument));
            using var client = connection.Open(parsed);
            return await act(parsed, client, receipt, cancel) is { } refusal
                ? throw Refusals.Complain(refusal) : (int)ExitCode.Done;
        });
        return command;
    }

    private static string Text(Receipt receipt)
    {
        string text = $"""
            state:    {Json.Name(receipt.State)}{(receipt.Locked ? ", locked" : "")}
            created:  {Amounts.Time(receipt.CreatedAt)}
            expires:  {Amounts.Time(receipt.ExpiresAt)}
            """;
        if (receipt.ClaimedAt is { } claimed)
            text += $"\nclaimed:  {Amounts.Time(claimed)}";
        if (receipt.EndedAt is { } ended)
            text += $"\nended:    {Amounts.Time(ended)}";
        if (receipt.FailedAttempts > 0)
            text += string.Create(CultureInfo.InvariantCulture, $"\nwrong:    {receipt.FailedAttempts} passphrases");
        return text;
    }
}
