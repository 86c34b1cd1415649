using System.Security.Cryptography;
using System.Text;

namespace OneTimeShare.Server.Web;

/// <summary>Who may create: everybody, whoever has the one token, or whoever has one of those with names.</summary>
internal sealed partial class CreateTokens : IDisposable
{
    /// <summary>How long a token that was taken from the file may still be good for.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    private readonly string? _file;
    private readonly ITimer? _reading;
    private readonly ILogger<CreateTokens> _logger;
    private string? _text;
    private volatile NamedToken[]? _tokens;

    public CreateTokens(WebOptions web, TimeProvider time, ILogger<CreateTokens> logger)
    {
        _logger = logger;
        if (web.CreateToken is { } token)
            _tokens = [new NamedToken("", Hash(token))];
        if (web.CreateTokens is not { } tokens)
            return;
        _tokens = NamedToken.TryReadAll(tokens, out var named) ? named : [];
        _text = tokens;
        _file = web.CreateTokensFile;
        if (_file is not null)
            _reading = time.CreateTimer(_ => ReadAgain(), null, Remembered, Remembered);
    }

    /// <summary>Whether creating needs one.</summary>
    public bool AreNeeded => _tokens is not null;

    /// <summary>
    /// What is shown is compared by hash, so that neither its bytes nor its length show in the time, and with all of
    /// them, so that nor does whose it is.
    /// </summary>
    public bool Allow(string? shown)
    {
        if (_tokens is not { } tokens)
            return true;
        var hash = Hash(shown ?? "");
        bool allowed = false;
        foreach (var token in tokens)
            allowed |= CryptographicOperations.FixedTimeEquals(token.Hash, hash);
        return allowed;
    }

    public void Dispose() => _reading?.Dispose();

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.Unicode.GetBytes(token));

    /// <summary>A file that is gone or has a slip in it changes nothing: an editor may be at it.</summary>
    private void ReadAgain()
    {
        try
        {
            string text = File.ReadAllText(_file!).TrimEnd('\r', '\n');
            if (text == _text)
                return;
            _text = text;
            if (NamedToken.TryReadAll(text, out var tokens))
            {
                _tokens = tokens;
                LogRead(string.Join(", ", tokens.Select(token => token.Name)));
            }
            else
            {
                LogUnread();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (_text is not null)
                LogUnread();
            _text = null;
        }
    }

    [LoggerMessage(LogLevel.Information, "The create tokens have changed, and are those of: {Names}")]
    private partial void LogRead(string names);

    [LoggerMessage(LogLevel.Warning, "The file of the create tokens cannot be read: those from before hold")]
    private partial void LogUnread();

    /// <summary>A token, by its hash, and whose it is.</summary>
    internal sealed record NamedToken(string Name, byte[] Hash)
    {
        /// <summary>
        /// Reads <c>name:token</c>, separated by spaces, commas or lines. A file without one lets nobody create.
        /// </summary>
        public static bool TryReadAll(string text, out NamedToken[] tokens)
        {
            string[] parts = text.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
            tokens = [.. parts.Select(Read).OfType<NamedToken>()];
            return tokens.Length == parts.Length && tokens.DistinctBy(token => token.Name).Count() == parts.Length;
        }

        private static NamedToken? Read(string part) => part.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            && colon < part.Length - 1 ? new NamedToken(part[..colon], CreateTokens.Hash(part[(colon + 1)..])) : null;
    }
}
