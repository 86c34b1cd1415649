using System.CommandLine;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary>Reads links, which are secrets: <c>-</c> takes one from standard input, unseen.</summary>
internal static class Links
{
    private const string StandardInput = "-";

    public static Argument<string> Link() => new("LINK")
    {
        Description = "https://HOST/d/ID#KEY in quotes, or - to read it from standard input",
    };

    public static Argument<string> Receipt() => new("RECEIPT")
    {
        Description = "https://HOST/r/ID#TOKEN in quotes, or - to read it from standard input",
    };

    public static ShareLink ReadLink(string argument)
    {
        string text = Read(argument);
        if (ReceiptLink.TryParse(text, out _))
        {
            throw ComplaintException.Usage("that is a receipt, which is its sender's, and not the link",
                "the link has /d/ in it; ots status, burn and allow take a receipt");
        }
        if (!ShareLink.TryParse(text, out var link))
            throw NoLink(text, "https://HOST/d/ID#KEY");
        Connection.WarnOfPlainHttp(link.Server);
        return link;
    }

    public static ReceiptLink ReadReceipt(string argument)
    {
        string text = Read(argument);
        if (ShareLink.TryParse(text, out var other))
        {
            other.Dispose();
            throw ComplaintException.Usage("that is the link, which is its reader's, and not the receipt",
                "the receipt has /r/ in it; ots peek and get take a link");
        }
        if (!ReceiptLink.TryParse(text, out var link))
            throw NoLink(text, "https://HOST/r/ID#TOKEN");
        Connection.WarnOfPlainHttp(link.Server);
        return link;
    }

    private static string Read(string argument) =>
        argument == StandardInput ? StandardStreams.ReadLine() : argument;

    // Without the text itself, which may be a secret but for one character.
    private static ComplaintException NoLink(string text, string shape) => ComplaintException.Usage(
        $"that is not a whole link: {shape}",
        text.Contains("%23", StringComparison.Ordinal)
            ? "something on its way has turned # into %23: put # there again"
            : text.Contains('#') ? "check it to its last character"
            : "put it in quotes: what is after the # is the key, and belongs to it");
}
