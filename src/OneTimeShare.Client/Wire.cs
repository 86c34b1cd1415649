using System.Text.Json.Serialization;

namespace OneTimeShare.Client;

// What goes over the wire, named as docs/http-api.md names it; byte strings are base64url until they are parsed.

internal sealed record PolicyWire(
    long MaxSize, LifetimesWire Ttl, string[] Extensions, int MaxPassphraseAttempts, bool CreateToken);

internal sealed record LifetimesWire(long Default, long Min, long Max);

internal sealed record CreatedWire(string Id, DateTimeOffset ExpiresAt);

internal sealed record PreviewWire(string Header, long Size, bool Passphrase, DateTimeOffset ExpiresAt);

internal sealed record UnlockRequestWire(string LinkProof, string ClaimProof);

internal sealed record UnlockedWire(string Manifest, long Size, DateTimeOffset ExpiresAt);

internal sealed record ClaimRequestWire(string LinkProof, string ClaimProof, string ClaimToken);

internal sealed record ClaimedWire(string Manifest, long Size, DateTimeOffset LeaseUntil)
{
    /// <summary>The records, where there is only one.</summary>
    public string? Content { get; init; }
}

internal sealed record ReceiptWire(
    string State, bool Locked, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, int FailedAttempts)
{
    public DateTimeOffset? ClaimedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed record ProblemWire
{
    public string? Type { get; init; }

    public string? State { get; init; }

    public DateTimeOffset? At { get; init; }

    public int? AttemptsLeft { get; init; }
}

[JsonSerializable(typeof(PolicyWire))]
[JsonSerializable(typeof(CreatedWire))]
[JsonSerializable(typeof(PreviewWire))]
[JsonSerializable(typeof(UnlockRequestWire))]
[JsonSerializable(typeof(UnlockedWire))]
[JsonSerializable(typeof(ClaimRequestWire))]
[JsonSerializable(typeof(ClaimedWire))]
[JsonSerializable(typeof(ReceiptWire))]
[JsonSerializable(typeof(ProblemWire))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class WireJson : JsonSerializerContext;
