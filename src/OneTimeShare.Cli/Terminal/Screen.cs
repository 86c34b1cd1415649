using System.Text;

namespace OneTimeShare.Cli.Terminal;

/// <summary>What a person reads: standard error, so that standard output has the result and nothing else.</summary>
internal sealed class Screen(bool quiet)
{
    private const string Red = "\e[1;31m";
    private const string Yellow = "\e[1;33m";
    private const string Plain = "\e[0m";

    /// <summary>
    /// Standard error; what cannot be written there is left out. Not Console.Error, which would set up a keyboard that
    /// nobody uses.
    /// </summary>
    public static TextWriter Output { get; } =
        new StreamWriter(new ForgivingStream(StandardStreams.OpenError()), new UTF8Encoding(false))
        {
            AutoFlush = true,
        };

    /// <summary>Whether lines can be drawn over.</summary>
    public static bool IsTerminal { get; } =
        !Console.IsErrorRedirected && Surroundings.Terminal != "dumb";

    private static bool IsColoured { get; } =
        IsTerminal && !Surroundings.NoColor;

    /// <summary>Whether progress is shown.</summary>
    public bool ShowsProgress => IsTerminal && !quiet;

    public static void Error(string message) => Write(Red, "error: ", message);

    public static void Warning(string message) => Write(Yellow, "warning: ", message);

    public static void Hint(string message) => Write("", "hint: ", message);

    /// <summary>What is good to know, unless quiet is wanted.</summary>
    public void Say(string message)
    {
        if (!quiet)
            Write("", "", message);
    }

    private static void Write(string colour, string mark, string message)
    {
        bool coloured = IsColoured && colour != "";
        Output.WriteLine($"{(coloured ? colour : "")}ots: {mark}{(coloured ? Plain : "")}{message}");
    }
}
