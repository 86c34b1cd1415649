using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Shares;

internal sealed record CreateResponse(string Id, DateTimeOffset ExpiresAt);

/// <summary>A share about to be published: all that the server keeps about one secret.</summary>
/// <param name="Id">Of the server's making.</param>
/// <param name="Header">The envelope's.</param>
/// <param name="Footer">The envelope's: the sealed manifest and the verifiers.</param>
/// <param name="ReceiptVerifier">Of the sender's receipt token.</param>
/// <param name="Lifetime">Counted from publication.</param>
/// <param name="Size">The length of the sealed records, in bytes.</param>
/// <param name="Records">The records where there is only one; null where they are in a blob.</param>
internal sealed record NewShare(
    ShareId Id,
    EnvelopeHeader Header,
    EnvelopeFooter Footer,
    Verifier ReceiptVerifier,
    TimeSpan Lifetime,
    long Size,
    byte[]? Records);

/// <summary>Stores and publishes an envelope that the sender sealed.</summary>
internal static class CreateShare
{
    public const string EnvelopeType = "application/vnd.onetimeshare.envelope";

    public static async Task<Results<Created<CreateResponse>, Problem>> HandleAsync(
        HttpContext context, EnvelopeIntake intake, CreateRules rules, WebOptions web, TimeProvider time)
    {
        var request = context.Request;
        if (!ReceiptToken.TryParse(request.Bearer(), out var receiptToken))
            return Problems.MissingReceiptToken;
        if (!request.IsOfType(EnvelopeType))
            return Problems.UnsupportedMediaType;
        if (!rules.TryReadSeconds(request.Query["ttl"], out var lifetime))
            return Problems.Lifetime;
        string? createToken = request.Headers[CreateRules.TokenHeader];
        if (await rules.RefuseAsync(request, createToken, rules.MaxEnvelopeLength) is { } refused)
            return refused;

        using var body = new BoundedSilenceReader(context, rules.MaxEnvelopeLength, time);
        await using var received = await intake.ReceiveAsync(body, context.RequestAborted);
        return received.Outcome switch
        {
            IntakeOutcome.Malformed => Problems.MalformedEnvelope,
            IntakeOutcome.TooLarge => Problems.TooLarge,
            IntakeOutcome.Received => await PublishAsync(),
        };

        async Task<Results<Created<CreateResponse>, Problem>> PublishAsync()
        {
            if (await received.PublishAsync(receiptToken, lifetime, context.RequestAborted) is not { } expiresAt)
                return Problems.StorageFull;
            var location = $"{ServerAddress.PathBase(request, web)}/api/v1/shares/{received.Id}";
            return TypedResults.Created(location, new CreateResponse(received.Id.ToString(), expiresAt));
        }
    }
}
