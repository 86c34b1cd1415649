using Microsoft.AspNetCore.Http.HttpResults;

namespace OneTimeShare.Server.Shares;

/// <param name="MaxSize">The sum of a secret's files, in bytes.</param>
/// <param name="Ttl">In seconds.</param>
/// <param name="Extensions">What file names may end in; <c>*</c> alone for anything.</param>
/// <param name="MaxPassphraseAttempts">How many wrong ones lock a share.</param>
/// <param name="CreateToken">Whether creating needs one.</param>
internal sealed record PolicyResponse(
    long MaxSize, PolicyLifetimes Ttl, IReadOnlyList<string> Extensions, int MaxPassphraseAttempts, bool CreateToken);

internal sealed record PolicyLifetimes(long Default, long Min, long Max);

/// <summary>What this server allows, so that an honest client can say so before anything is sent.</summary>
internal static class ReadPolicy
{
    public static Ok<PolicyResponse> Handle(ShareOptions shares, CreateRules rules) =>
        TypedResults.Ok(new PolicyResponse(
            shares.MaxSize,
            new PolicyLifetimes(
                (long)shares.DefaultLifetime.TotalSeconds,
                (long)shares.MinLifetime.TotalSeconds,
                (long)shares.MaxLifetime.TotalSeconds),
            shares.Extensions is null ? ["*"] : [.. shares.Extensions.Order(StringComparer.Ordinal)],
            shares.MaxPassphraseAttempts,
            rules.NeedsToken));
}
