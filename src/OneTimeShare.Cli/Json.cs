using System.Text.Json;
using System.Text.Json.Serialization;
using OneTimeShare.Client;

namespace OneTimeShare.Cli;

internal sealed record CreatedJson(string Id, string Link, string ReceiptLink, DateTimeOffset ExpiresAt);

internal sealed record StatusJson(
    string State,
    bool Locked,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? EndedAt,
    int FailedAttempts);

internal sealed record FileJson(string Name, string Type, long Size);

internal sealed record PeekJson(string State, bool Passphrase, long Size, DateTimeOffset ExpiresAt, FileJson[]? Files);

internal sealed record SealedJson(string Key, string File);

/// <summary>What <c>--json</c> prints: one line, named as the server names it.</summary>
internal static class Json
{
    public static string Created(CreatedShare share) => JsonSerializer.Serialize(
        new CreatedJson($"{share.Link.Id}", share.Link.ToLink(), share.Receipt.ToLink(), share.ExpiresAt),
        CliJson.Readable.CreatedJson);

    public static string Status(Receipt receipt) => JsonSerializer.Serialize(
        new StatusJson(Name(receipt.State), receipt.Locked, receipt.CreatedAt, receipt.ExpiresAt, receipt.ClaimedAt,
            receipt.EndedAt, receipt.FailedAttempts),
        CliJson.Readable.StatusJson);

    public static string Peek(PeekJson peek) => JsonSerializer.Serialize(peek, CliJson.Readable.PeekJson);

    public static string Sealed(SealedJson made) => JsonSerializer.Serialize(made, CliJson.Readable.SealedJson);

    public static string Name(ShareState state) => state switch
    {
        ShareState.Pending => "pending",
        ShareState.Claimed => "claimed",
        ShareState.Delivered => "delivered",
        ShareState.Unconfirmed => "unconfirmed",
        ShareState.Expired => "expired",
        ShareState.Burned => "burned",
    };
}

[JsonSerializable(typeof(CreatedJson))]
[JsonSerializable(typeof(StatusJson))]
[JsonSerializable(typeof(PeekJson))]
[JsonSerializable(typeof(SealedJson))]
[JsonSerializable(typeof(Taking.KeptClaimFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Links as they are, and not escaped for a page.</summary>
    public static CliJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
