using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Operator;

internal enum Admission
{
    Right,
    Wrong,

    /// <summary>Too many are being checked: to be tried again.</summary>
    Busy,

    /// <summary>This network has guessed too often, and has been told so.</summary>
    Refused,
}

/// <summary>
/// Tells whether somebody shows the operator's password. Guessing is slow, limited for each network, and one at a time;
/// a password that was right before is known by a fast hash under a key of this process, for scripts that come often,
/// up to a limit of their own.
/// </summary>
internal sealed class OperatorGate(OperatorOptions options, RateLimits rates) : IDisposable
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = 1,
        QueueLimit = 16,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    private volatile byte[]? _known;

    public async ValueTask<Admission> AdmitAsync(HttpContext context, string shown)
    {
        if (options.Password is not { } password)
            return Admission.Wrong;
        // Before what is known, too: else the fast hash would tell a guesser what the slow one is not asked any more.
        if (!await rates.AllowAsync(context, RateLimits.Operator))
            return Admission.Refused;
        var hash = HMACSHA256.HashData(_key, Encoding.Unicode.GetBytes(shown));
        if (_known is { } known && CryptographicOperations.FixedTimeEquals(known, hash))
            return Admission.Right;
        if (!await rates.AllowAsync(context, RateLimits.SignIn))
            return Admission.Refused;
        using var permit = await _limiter.AcquireAsync(1, context.RequestAborted);
        if (!permit.IsAcquired)
            return Admission.Busy;
        if (!await Task.Run(() => password.IsRight(shown), CancellationToken.None))
            return Admission.Wrong;
        _known = hash;
        return Admission.Right;
    }

    public void Dispose() => _limiter.Dispose();
}
