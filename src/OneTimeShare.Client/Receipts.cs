using System.Net;

namespace OneTimeShare.Client;

/// <summary>What the sender sees.</summary>
/// <param name="State">As of now.</param>
/// <param name="Locked">Pending, with too many wrong passphrases.</param>
/// <param name="CreatedAt">When it was published.</param>
/// <param name="ExpiresAt">When its time runs out, or ran out.</param>
/// <param name="ClaimedAt">When it was taken; null where it was not.</param>
/// <param name="EndedAt">When it ended; null while pending or claimed.</param>
/// <param name="FailedAttempts">Wrong passphrases since the start, or since the sender allowed more.</param>
public sealed record Receipt(
    ShareState State,
    bool Locked,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ClaimedAt,
    DateTimeOffset? EndedAt,
    int FailedAttempts);

/// <summary>What a sender may do with a receipt.</summary>
internal sealed class Receipts(Exchange exchange)
{
    public Task<Answer<Receipt>> ReadAsync(ReceiptLink link, CancellationToken cancellationToken) =>
        exchange.SendAsync<Receipt>(
            Request(HttpMethod.Get, link, "/receipt"),
            async response => response.StatusCode != HttpStatusCode.OK
                ? await Problems.ReadAsync(response, cancellationToken)
                : await Exchange.ReadAsync(response, WireJson.Default.ReceiptWire) is { } wire
                    && Problems.StateNamed(wire.State) is { } state
                        ? new Receipt(state, wire.Locked, wire.CreatedAt, wire.ExpiresAt, wire.ClaimedAt, wire.EndedAt,
                            wire.FailedAttempts)
                        : Problems.Unexpected(response),
            Exchange.ShortWait,
            cancellationToken);

    public Task<Refusal?> BurnAsync(ReceiptLink link, CancellationToken cancellationToken) =>
        exchange.DoAsync(Request(HttpMethod.Delete, link, ""), cancellationToken);

    public Task<Refusal?> AllowAttemptsAsync(ReceiptLink link, CancellationToken cancellationToken) =>
        exchange.DoAsync(Request(HttpMethod.Post, link, "/attempts"), cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, ReceiptLink link, string path) =>
        Exchange.Request(method, link.Server, $"shares/{link.Id}{path}", link.Token.ToText());
}
