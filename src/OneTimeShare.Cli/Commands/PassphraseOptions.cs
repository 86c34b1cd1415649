using System.CommandLine;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Commands;

/// <summary>Where a passphrase comes from: never the command line itself, which others see.</summary>
internal sealed class PassphraseOptions
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Option<bool> _ask = new("--passphrase", "-p")
    {
        Description = "ask for a passphrase at the terminal",
    };

    private readonly Option<string?> _file = new("--passphrase-file")
    {
        HelpName = "FILE",
        Description = "read it from a file, without the line end at its end",
    };

    private readonly Option<string?> _descriptor = new("--passphrase-fd")
    {
        HelpName = "N",
        Description = "read it from an open file descriptor, without the line end at its end",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_ask);
        command.Options.Add(_file);
        command.Options.Add(_descriptor);
    }

    /// <summary>For what is being sealed: typed twice; null for none.</summary>
    public Passphrase? ReadNew(ParseResult parsed, CancellationToken cancel)
    {
        // What should have said a passphrase may have failed, and nobody would see that there is none.
        if (ReadGiven(parsed) is { } given)
            return Parse(given) ?? throw ComplaintException.Usage("the passphrase is empty, and an empty one is none");
        if (!parsed.GetValue(_ask))
            return null;
        string typed = Ask("Passphrase: ", cancel);
        if (typed == "")
            throw ComplaintException.Usage("an empty passphrase is none");
        if (Ask("The same again: ", cancel) != typed)
            throw ComplaintException.Usage("the two were not the same");
        return Parse(typed);
    }

    /// <summary>For what was sealed: given, or null where somebody has to be asked.</summary>
    public Passphrase? ReadGivenToOpen(ParseResult parsed) => ReadGiven(parsed) is { } given ? Parse(given) : null;

    /// <summary>Whether it was wanted that somebody is asked.</summary>
    public bool IsToAsk(ParseResult parsed) => parsed.GetValue(_ask);

    /// <summary>Typed by who is asked; without a terminal there is nobody.</summary>
    public static Passphrase AskToOpen(CancellationToken cancel) => Keyboard.IsThere
        ? Parse(Ask("Passphrase: ", cancel)) ?? AskToOpen(cancel)
        : throw Refusals.DoesNotOpen(EnvelopeFailure.PassphraseRequired);

    private static string Ask(string prompt, CancellationToken cancel) => Keyboard.IsThere
        ? Keyboard.ReadSecret(prompt, cancel)
        : throw ComplaintException.Usage("there is no terminal to ask for a passphrase at",
            "use --passphrase-file, --passphrase-fd or OTS_PASSPHRASE");

    private string? ReadGiven(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is { } file)
            return Read(() => File.OpenHandle(file), Printable.Line(file));
        if (parsed.GetValue(_descriptor) is { } number)
        {
            if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int descriptor))
                throw ComplaintException.Usage("--passphrase-fd wants the number of an open file");
            return Read(
                () => new SafeFileHandle(descriptor, ownsHandle: false),
                string.Create(CultureInfo.InvariantCulture, $"file descriptor {descriptor}"));
        }
        if (parsed.GetValue(_ask))
            return null;
        // What is no text has been made this by the runtime, and so many passphrases one.
        string? value = Surroundings.Passphrase;
        return value?.Contains('\uFFFD') == true
            ? throw Refusals.DoesNotOpen(EnvelopeFailure.MalformedPassphrase) : value;
    }

    private static string Read(Func<SafeFileHandle> open, string name)
    {
        // One byte and a line end more than the longest, so that what is too long is seen to be.
        var bytes = new byte[Passphrase.MaxLength + 3];
        try
        {
            using var stream = new FileStream(open(), FileAccess.Read, bufferSize: 0);
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            var text = bytes.AsSpan(0, length);
            if (text.EndsWith("\n"u8))
                text = text[..^(text.EndsWith("\r\n"u8) ? 2 : 1)];
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            throw Refusals.DoesNotOpen(EnvelopeFailure.MalformedPassphrase);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw ComplaintException.Usage($"the passphrase cannot be read from {name}");
        }
    }

    private static Passphrase? Parse(string text) => Passphrase.TryParse(text, out var passphrase)
        ? passphrase : throw Refusals.DoesNotOpen(EnvelopeFailure.MalformedPassphrase);
}
