using System.Diagnostics.CodeAnalysis;
using System.Net;
using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>What a server allows.</summary>
/// <param name="MaxSize">The largest sum of the files' sizes, in bytes.</param>
/// <param name="DefaultLifetime">Where the sender says nothing.</param>
/// <param name="MinLifetime">The shortest that a sender may choose.</param>
/// <param name="MaxLifetime">The longest.</param>
/// <param name="Extensions">What file names may end in; one <c>*</c> for anything. Honest clients keep to it.</param>
/// <param name="MaxPassphraseAttempts">How many wrong passphrases lock a share.</param>
/// <param name="NeedsCreateToken">Whether creating needs one.</param>
public sealed record Policy(
    long MaxSize,
    TimeSpan DefaultLifetime,
    TimeSpan MinLifetime,
    TimeSpan MaxLifetime,
    IReadOnlyList<string> Extensions,
    int MaxPassphraseAttempts,
    bool NeedsCreateToken);

/// <summary>What whoever has the link may know before they say more.</summary>
/// <param name="Header">Of its envelope, for <see cref="ShareKeys.Derive"/>.</param>
/// <param name="Size">The length of the sealed records, in bytes.</param>
/// <param name="ExpiresAt">Until when it can be taken.</param>
public sealed record SharePreview(EnvelopeHeader Header, long Size, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it needs a passphrase.</summary>
    public bool NeedsPassphrase => Header.Kdf != Kdf.None;
}

/// <summary>What is in a share that has not been taken yet.</summary>
/// <param name="Manifest">The files. Their names are hostile until <see cref="FileNames"/> cleaned them.</param>
/// <param name="ExpiresAt">Until when it can be taken.</param>
public sealed record UnlockedShare(Manifest Manifest, DateTimeOffset ExpiresAt);

/// <summary>A share that is the claimant's, until the lease ends.</summary>
/// <param name="Manifest">The files. Their names are hostile until <see cref="FileNames"/> cleaned them.</param>
/// <param name="Size">The length of the sealed records, in bytes.</param>
/// <param name="LeaseUntil">Until when the content can be fetched.</param>
public sealed record ClaimedShare(Manifest Manifest, long Size, DateTimeOffset LeaseUntil)
{
    internal ClaimToken Token { get; init; }

    /// <summary>The records, where there is only one.</summary>
    internal byte[]? Content { get; init; }
}

/// <summary>What a recipient may ask of a server, each act one request.</summary>
internal sealed class Shares(Exchange exchange)
{
    public Task<Answer<Policy>> ReadPolicyAsync(Uri server, CancellationToken cancellationToken) =>
        exchange.SendAsync<Policy>(
            Exchange.Request(HttpMethod.Get, server, "policy"),
            async response => response.StatusCode != HttpStatusCode.OK
                ? await Problems.ReadAsync(response, cancellationToken)
                : await Exchange.ReadAsync(response, WireJson.Default.PolicyWire) is { } wire
                    ? new Policy(wire.MaxSize, Seconds(wire.Ttl.Default), Seconds(wire.Ttl.Min), Seconds(wire.Ttl.Max),
                        wire.Extensions, wire.MaxPassphraseAttempts, wire.CreateToken)
                    : Problems.Unexpected(response),
            Exchange.ShortWait,
            cancellationToken);

    public Task<Answer<SharePreview>> PreviewAsync(ShareLink link, CancellationToken cancellationToken) =>
        exchange.SendAsync<SharePreview>(
            Exchange.Request(
                HttpMethod.Get, link.Server, $"shares/{link.Id}", Text(KeySchedule.LinkProof(link.LinkKey))),
            async response =>
            {
                if (response.StatusCode != HttpStatusCode.OK)
                    return await Problems.ReadAsync(response, cancellationToken);
                if (await Exchange.ReadAsync(response, WireJson.Default.PreviewWire) is not { } wire
                    || StrictBase64Url.Decode(wire.Header) is not { } bytes)
                    return Problems.Unexpected(response);
                return EnvelopeHeader.Read(bytes, out var header) is { } failure
                    ? DoesNotOpen(failure) : new SharePreview(header!, wire.Size, wire.ExpiresAt);
            },
            Exchange.ShortWait,
            cancellationToken);

    public Task<Answer<UnlockedShare>> UnlockAsync(ShareKeys keys, CancellationToken cancellationToken)
    {
        var shown = new UnlockRequestWire(Text(keys.LinkProof), Text(keys.Schedule.ClaimProof));
        var request = Posted(keys, "unlock", Exchange.Json(shown, WireJson.Default.UnlockRequestWire));
        return exchange.SendAsync<UnlockedShare>(
            request,
            async response =>
            {
                if (response.StatusCode != HttpStatusCode.OK)
                    return await Problems.ReadAsync(response, cancellationToken);
                return await Exchange.ReadAsync(response, WireJson.Default.UnlockedWire) is not { } wire
                    ? Problems.Unexpected(response)
                    : TryOpen(keys, wire.Manifest, wire.Size, out var manifest, out var refusal)
                        ? new UnlockedShare(manifest, wire.ExpiresAt) : refusal;
            },
            Exchange.ShortWait,
            cancellationToken);
    }

    public Task<Answer<ClaimedShare>> ClaimAsync(
        ShareKeys keys, ClaimToken token, CancellationToken cancellationToken)
    {
        var shown = new ClaimRequestWire(Text(keys.LinkProof), Text(keys.Schedule.ClaimProof), token.ToText());
        var request = Posted(keys, "claim", Exchange.Json(shown, WireJson.Default.ClaimRequestWire));
        return exchange.SendAsync<ClaimedShare>(
            request,
            async response =>
            {
                if (response.StatusCode != HttpStatusCode.OK)
                    return await Problems.ReadAsync(response, cancellationToken);
                if (await Exchange.ReadAsync(response, WireJson.Default.ClaimedWire) is not { } wire)
                    return Problems.Unexpected(response);
                return TryOpen(keys, wire.Manifest, wire.Size, out var manifest, out var refusal)
                    ? new ClaimedShare(manifest, wire.Size, wire.LeaseUntil)
                    {
                        Token = token,
                        Content = wire.Content is null ? null : StrictBase64Url.Decode(wire.Content),
                    }
                    : refusal;
            },
            Exchange.ShortWait,
            cancellationToken);
    }

    public Task<Refusal?> AcknowledgeAsync(ShareKeys keys, ClaimToken token, CancellationToken cancellationToken) =>
        exchange.DoAsync(
            Exchange.Request(HttpMethod.Delete, keys.Server, $"shares/{keys.Id}", token.ToText()), cancellationToken);

    private static bool TryOpen(
        ShareKeys keys,
        string text,
        long size,
        [NotNullWhen(true)] out Manifest? manifest,
        [NotNullWhen(false)] out Refusal? refusal)
    {
        (manifest, refusal) = (null, null);
        if (StrictBase64Url.Decode(text) is not { } bytes || !SealedManifest.IsLength(bytes.Length))
            refusal = DoesNotOpen(EnvelopeFailure.FooterLength);
        else if (new SealedManifest(bytes).Open(keys.Schedule, size, out manifest) is { } failure)
            refusal = DoesNotOpen(failure);
        return refusal is null;
    }

    private static Refusal DoesNotOpen(EnvelopeFailure failure) =>
        new(RefusalKind.DoesNotOpen) { Failure = failure };

    private static HttpRequestMessage Posted(ShareKeys keys, string act, HttpContent content)
    {
        var request = Exchange.Request(HttpMethod.Post, keys.Server, $"shares/{keys.Id}/{act}");
        request.Content = content;
        return request;
    }

    private static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(seconds);

    private static string Text(LinkProof proof) => StrictBase64Url.Encode(proof.ToArray());

    private static string Text(ClaimProof proof) => StrictBase64Url.Encode(proof.ToArray());
}
