using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

/// <summary>What creating asks for at every door, all of it before the body is read.</summary>
internal sealed class CreateRules(ShareOptions options, WebOptions web, IShareStore store)
{
    public const string TokenHeader = "OTS-Create-Token";

    /// <summary>Records of the largest secret that is allowed, with header and footer.</summary>
    public long MaxEnvelopeLength { get; } =
        EnvelopeHeader.Length + Records.SealedLengthOf(options.MaxSize) + EnvelopeFooter.MaxLength;

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
    public async ValueTask<Problem?> RefuseAsync(HttpRequest request, string? createToken, long maxLength)
    {
        if (!web.AllowsCreating(createToken))
            return Problems.CreateToken;
        if (request.ContentLength > maxLength)
            return Problems.TooLarge;
        if (options.MaxStorage is { } max && request.ContentLength > 0
            && await store.ReadStorageUsedAsync(request.HttpContext.RequestAborted) > max - request.ContentLength)
            return Problems.StorageFull;
        return null;
    }

    private bool Allows(TimeSpan lifetime) => lifetime >= options.MinLifetime && lifetime <= options.MaxLifetime;
}
