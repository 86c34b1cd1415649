using System.Buffers.Binary;
using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

/// <summary>
/// That somebody has signed in, for a while: signed, and kept nowhere, so that it holds at every server of the same
/// password and through a restart. It ends with half an hour of silence, and after a working day.
/// </summary>
internal sealed class OperatorSession
{
    private const string Cookie = "ots-operator";
    private const int NonceLength = 16;
    private const int SignedLength = 2 * sizeof(long) + NonceLength;
    private const int Length = SignedLength + 32;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Whole = TimeSpan.FromHours(12);

    private readonly byte[] _key;
    private readonly byte[] _nonce;
    private readonly DateTimeOffset _begun;
    private readonly DateTimeOffset _seen;

    private OperatorSession(byte[] key, byte[] nonce, DateTimeOffset begun, DateTimeOffset seen) =>
        (_key, _nonce, _begun, _seen) = (key, nonce, begun, seen);

    /// <summary>What the forms of this session carry, and no other site can know.</summary>
    public string FormToken => StrictBase64Url.Encode(HMACSHA256.HashData(_key, (byte[])[.. "form"u8, .. _nonce]));

    public bool IsOwnForm(string shown) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(System.Text.Encoding.Unicode.GetBytes(shown)),
        SHA256.HashData(System.Text.Encoding.Unicode.GetBytes(FormToken)));

    public static OperatorSession Begin(OperatorPassword password, DateTimeOffset now) =>
        new(password.SessionKey, RandomNumberGenerator.GetBytes(NonceLength), now, now);

    /// <summary>Null where there is none, or it is over.</summary>
    public static OperatorSession? Read(HttpRequest request, OperatorPassword password, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!StrictBase64Url.TryDecode(request.Cookies[Cookie], bytes)
            || !CryptographicOperations.FixedTimeEquals(
                bytes[SignedLength..], HMACSHA256.HashData(password.SessionKey, bytes[..SignedLength])))
            return null;
        var begun = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes));
        var seen = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes[sizeof(long)..]));
        return now - begun < Whole && now - seen < Idle
            ? new OperatorSession(password.SessionKey, bytes[(2 * sizeof(long))..SignedLength].ToArray(), begun, seen)
            : null;
    }

    /// <summary>Kept by the browser for this site's own pages alone, and out of reach of every script.</summary>
    public void Write(HttpContext context, WebOptions web, DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, _begun.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64BigEndian(bytes[sizeof(long)..], now.ToUnixTimeMilliseconds());
        _nonce.CopyTo(bytes[(2 * sizeof(long))..]);
        HMACSHA256.HashData(_key, bytes[..SignedLength], bytes[SignedLength..]);
        context.Response.Cookies.Append(Cookie, StrictBase64Url.Encode(bytes), Options(context.Request, web));
    }

    /// <summary>Now and then, so that somebody who goes on working is not signed out.</summary>
    public void Renew(HttpContext context, WebOptions web, DateTimeOffset now)
    {
        if (now - _seen > TimeSpan.FromMinutes(1))
            Write(context, web, now);
    }

    public static void End(HttpContext context, WebOptions web) =>
        context.Response.Cookies.Delete(Cookie, Options(context.Request, web));

    private static CookieOptions Options(HttpRequest request, WebOptions web) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = request.IsHttps || web.BaseUrl?.Scheme == "https",
        Path = ServerAddress.PathBase(request, web) + "/",
    };
}
