using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <summary>What creating asks for at every door, all of it before the body is read.</summary>
internal sealed class CreateRules(ShareOptions options, CreateTokens tokens, IShareStore store)
{
    public const string TokenHeader = "OTS-Create-Token";

    /// <summary>Records of the largest secret that is allowed, with header and footer.</summary>
    public long MaxEnvelopeLength { get; } =
        EnvelopeHeader.Length + Records.SealedLengthOf(options.MaxSize) + EnvelopeFooter.MaxLength;

    /// <summary>Whether creating needs a token.</summary>
    public bool NeedsToken => tokens.AreNeeded;

    public bool AllowsCreating(string? createToken) => tokens.Allow(createToken);

    public bool TryReadSeconds(string? text, out TimeSpan lifetime)
    {
        lifetime = options.DefaultLifetime;
        return text is null || (Lifetime.TryParseSeconds(text, out lifetime) && Allows(lifetime));
    }

    /// <summary>As people write it; none, or an empty one, is the default.</summary>
    public bool TryRead(string? text, out TimeSpan lifetime)
    {
        lifetime = options.DefaultLifetime;
        return string.IsNullOrEmpty(text) || (Lifetime.TryParse(text, out lifetime) && Allows(lifetime));
    }

    /// <summary>Null where the body may be read.</summary>
    public ValueTask<Problem?> RefuseAsync(HttpRequest request, string? createToken, long maxLength) =>
        AllowsCreating(createToken) ? RefuseSizeAsync(request, maxLength) : new(Problems.CreateToken);

    /// <summary>As the other, where the token is still to come.</summary>
    public async ValueTask<Problem?> RefuseSizeAsync(HttpRequest request, long maxLength)
    {
        if (request.ContentLength > maxLength)
            return Problems.TooLarge;
        if (options.MaxStorage is { } max && request.ContentLength > 0
            && await store.ReadStorageUsedAsync(request.HttpContext.RequestAborted) > max - request.ContentLength)
            return Problems.StorageFull;
        return null;
    }

    private bool Allows(TimeSpan lifetime) => lifetime >= options.MinLifetime && lifetime <= options.MaxLifetime;
}
