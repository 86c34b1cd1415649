using System.CommandLine;
using OneTimeShare.Cli.Sources;
using OneTimeShare.Cli.Terminal;
using OneTimeShare.Client;

namespace OneTimeShare.Cli.Commands;

/// <summary><c>ots send</c>: seals, shares, and prints the link, and nothing else, on standard output.</summary>
internal sealed class SendCommand
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrMore,
        Description = "files, folders (each as a zip), or - for standard input; without any, standard input",
    };

    private readonly Option<bool> _text = new("--text") { Description = "standard input is one text, to be shown" };

    private readonly Option<string?> _name = new("--name", "-n")
    {
        HelpName = "NAME",
        Description = "what the one file is called for its reader",
    };

    private readonly Option<string?> _ttl = new("--ttl", "-t")
    {
        HelpName = "TIME",
        Description = "how long it waits for its reader: 30m, 5h, 7d (default: the server's)",
    };

    private readonly Option<string?> _server = new("--server", "-s")
    {
        HelpName = "URL",
        Description = "the server's address (OTS_SERVER)",
    };

    private readonly Option<string?> _createToken = new("--create-token")
    {
        HelpName = "TOKEN",
        Description = "where only some may create; others on this machine see it here and not in OTS_CREATE_TOKEN",
    };

    private readonly Option<bool> _qr = new("--qr") { Description = "draw the link as a QR code, on standard error" };

    private readonly Option<bool> _copy = new("--copy", "-c") { Description = "put the link on the clipboard" };

    private readonly Option<bool> _json = new("--json") { Description = "print JSON: link, receipt_link, expires_at" };

    private readonly PassphraseOptions _passphrase = new();
    private readonly Connection _connection = new();

    public static Command Create()
    {
        var send = new SendCommand();
        var command = new Command("send", "Seal files or a text here, and print the link that takes them, once.")
        {
            send._files, send._text, send._name, send._ttl, send._server, send._createToken, send._qr, send._copy,
            send._json,
        };
        send._passphrase.AddTo(command);
        send._connection.AddTo(command);
        command.SetAction(send.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StandardStreams.RequireOutput();
        var server = Server(parsed);
        var screen = _connection.Screen(parsed);
        using var client = _connection.Open(parsed);
        Connection.WarnOfPlainHttp(server);
        var policy = Ask(await client.ReadPolicyAsync(server, cancellationToken));
        var options = Options(parsed, policy, cancellationToken);
        using (options.Passphrase)
        {
            var files = await FilesAsync(parsed, cancellationToken);
            Check(files, policy);
            CreatedShare share;
            using (var bar = new ProgressBar(screen, "sealing and sending", TimeProvider.System))
            {
                share = Ask(await client.CreateAsync(server, files, options, bar, cancellationToken), policy);
            }
            using (share.Link)
            {
                await PrintAsync(parsed, client, share);
                await ShowAsync(parsed, screen, share, cancellationToken);
            }
        }
        return (int)ExitCode.Done;
    }

    private Uri Server(ParseResult parsed)
    {
        string text = parsed.GetValue(_server) ?? Surroundings.Server
            ?? throw ComplaintException.Usage("which server?", "set OTS_SERVER, or add --server https://HOST/");
        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var server)
            || server.Scheme is not ("http" or "https") || server.Query != "" || server.Fragment != "")
            throw ComplaintException.Usage($"{Printable.Line(text)} is no address of a server: https://HOST/");
        // A name and a password would go into the link, and so to whoever reads it.
        if (server.UserInfo != "")
            throw ComplaintException.Usage("that is no address of a server that others can use: https://HOST/");
        return server;
    }

    private CreateOptions Options(ParseResult parsed, Policy policy, CancellationToken cancellationToken)
    {
        TimeSpan? lifetime = null;
        if (parsed.GetValue(_ttl) is { } text)
        {
            lifetime = Amounts.TryParseLifetime(text, out var time)
                ? time : throw ComplaintException.Usage("--ttl wants a time like 30m, 5h or 7d");
            if (time < policy.MinLifetime || time > policy.MaxLifetime)
                throw Lifetime(policy);
        }
        string? token = parsed.GetValue(_createToken) ?? Surroundings.CreateToken;
        if (token?.Any(character => character is < ' ' or > '~') == true)
        {
            throw ComplaintException.Usage(
                "that is no create token: one is of letters, digits, signs and blanks of ASCII");
        }
        if (policy.NeedsCreateToken && token is null)
            throw Refusals.Complain(new Refusal(RefusalKind.CreateToken));
        return new CreateOptions
        {
            Lifetime = lifetime,
            CreateToken = token,
            MaxSize = policy.MaxSize,
            Text = parsed.GetValue(_text),
            Passphrase = _passphrase.ReadNew(parsed, cancellationToken),
        };
    }

    private async Task<List<SecretFile>> FilesAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var files = parsed.GetValue(_files) ?? [];
        if (!parsed.GetValue(_text))
            return await SecretSources.FilesAsync(files, parsed.GetValue(_name), cancellationToken);
        if (files.Any(file => file != SecretSources.StandardInput))
            throw ComplaintException.Usage("--text reads standard input, and no files",
                "what is on the command line can be seen by others on this machine");
        if (!Console.IsInputRedirected)
            _connection.Screen(parsed).Say("type the text, then Ctrl-D at the start of a line");
        return [await SecretSources.TextAsync(parsed.GetValue(_name), cancellationToken)];
    }

    /// <summary>What can be known before anything is sent.</summary>
    private static void Check(List<SecretFile> files, Policy policy)
    {
        long size = files.Sum(file => file.Size ?? 0);
        if (size > policy.MaxSize)
            throw TooLarge(policy, size);
        if (policy.Extensions.Contains("*"))
            return;
        foreach (var file in files)
        {
            string extension = Path.GetExtension(file.Name).TrimStart('.');
            if (extension != "" && !policy.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            {
                throw ComplaintException.Failure(
                    $"this server takes no .{Printable.Line(extension)} files: {Printable.Line(file.Name)}",
                    "send it inside a folder, which goes as a zip, or ask the server's operator");
            }
        }
    }

    private static T Ask<T>(Answer<T> answer, Policy? policy = null)
        where T : class
    {
        if (answer.Is(out var value, out var refusal))
            return value;
        throw refusal.Kind switch
        {
            RefusalKind.TooLarge when policy is not null => TooLarge(policy, null),
            RefusalKind.Lifetime when policy is not null => Lifetime(policy),
            RefusalKind.NotFound => Refusals.Complain(new Refusal(RefusalKind.Unexpected) { Status = 404 }),
            _ => Refusals.Complain(refusal),
        };
    }

    private static ComplaintException TooLarge(Policy policy, long? size) => ComplaintException.Failure(
        $"this server takes {Amounts.Size(policy.MaxSize)} at most"
        + (size is { } known ? $", and this is {Amounts.Size(known)}" : ""));

    private static ComplaintException Lifetime(Policy policy) => ComplaintException.Usage(
        "this server wants a --ttl "
        + $"from {Amounts.Lifetime(policy.MinLifetime)} to {Amounts.Lifetime(policy.MaxLifetime)}");

    /// <summary>Whoever has no link has no receipt either: what nobody can take or burn is not left behind.</summary>
    private async Task PrintAsync(ParseResult parsed, OneTimeShareClient client, CreatedShare share)
    {
        try
        {
            StandardStreams.WriteLine(parsed.GetValue(_json) ? Json.Created(share) : share.Link.ToLink());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            bool isBurned = await client.BurnAsync(share.Receipt, CancellationToken.None) is null;
            throw ComplaintException.Failure(
                $"the link cannot be printed: {Running.Describe(failure)}",
                isBurned ? "what was sent is burned: send it again" : "what was sent waits until its time runs out");
        }
    }

    private async Task ShowAsync(
        ParseResult parsed, Screen screen, CreatedShare share, CancellationToken cancellationToken)
    {
        string link = share.Link.ToLink();
        screen.Say($"it can be taken once, until {Amounts.Time(share.ExpiresAt)}");
        screen.Say($"your receipt, to see or burn it: {share.Receipt.ToLink()}");
        if (parsed.GetValue(_qr))
            QrCode.Draw(link, Terminal.Screen.Output);
        if (parsed.GetValue(_copy) && !await Clipboard.TryCopyAsync(link, cancellationToken))
            Screen.Hint("there is no clipboard here that ots knows of: copy the link above");
    }
}
