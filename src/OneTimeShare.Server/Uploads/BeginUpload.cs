using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>Makes room for an envelope that is going to arrive in pieces. Names that come along, it ignores.</summary>
internal static class BeginUpload
{
    private static readonly long MinEnvelopeLength =
        EnvelopeHeader.Length + Records.SealedLengthOf(0) + EnvelopeFooter.MinLength;

    public static async Task<Results<Created, Problem>> HandleAsync(
        HttpContext context, IUploadStore store, CreateRules rules, WebOptions web)
    {
        var request = context.Request;
        if (!ReceiptToken.TryParse(request.Bearer(), out var receiptToken))
            return Problems.MissingReceiptToken;
        if (request.Headers.ContainsKey(Tus.DeferLengthHeader)
            || !Tus.TryReadNumber(request, Tus.LengthHeader, out long length))
            return Problems.UploadLength;
        if (!rules.TryReadSeconds(request.Query["ttl"], out var lifetime))
            return Problems.Lifetime;
        if (!rules.AllowsCreating(request.Headers[CreateRules.TokenHeader]))
            return Problems.CreateToken;
        if (length < MinEnvelopeLength)
            return Problems.MalformedEnvelope;
        if (length > rules.MaxEnvelopeLength)
            return Problems.TooLarge;

        var upload = new NewUpload(
            ShareId.Create(), receiptToken.Verifier, length, lifetime, NetworkOf(context.Connection));
        var begun = await store.BeginUploadAsync(upload, context.RequestAborted);
        return begun.Outcome switch
        {
            BeginOutcome.TooMany => Problems.TooManyUploads,
            BeginOutcome.StorageFull => Problems.StorageFull,
            BeginOutcome.Begun => Begun(),
        };

        Results<Created, Problem> Begun()
        {
            Tus.SetExpires(context.Response, begun.ExpiresAt);
            return TypedResults.Created($"{ServerAddress.PathBase(request, web)}{Tus.Path}/{upload.Id}");
        }
    }

    private static Verifier NetworkOf(ConnectionInfo connection)
    {
        var network = RateLimits.Network(connection.RemoteIpAddress ?? IPAddress.None);
        return Verifier.Of(Encoding.ASCII.GetBytes(network.ToString()));
    }
}
