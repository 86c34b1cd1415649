using System.Net;
using System.Text.Json;

namespace OneTimeShare.Client;

/// <summary>Reads why a server, or what is before it, refuses.</summary>
internal static class Problems
{
    private const string Prefix = "/problems/";
    private static readonly TimeSpan DefaultRetry = TimeSpan.FromSeconds(5);

    public static async Task<Refusal> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)) : new ProblemWire();
        return Named(problem, response) ?? ByStatus(response);
    }

    public static Refusal Unexpected(HttpResponseMessage response) =>
        new(RefusalKind.Unexpected) { Status = (int)response.StatusCode };

    /// <summary>Null where there is no such state.</summary>
    public static ShareState? StateNamed(string? name) => name switch
    {
        "pending" => ShareState.Pending,
        "claimed" => ShareState.Claimed,
        "delivered" => ShareState.Delivered,
        "unconfirmed" => ShareState.Unconfirmed,
        "expired" => ShareState.Expired,
        "burned" => ShareState.Burned,
        _ => null,
    };

    private static ProblemWire Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WireJson.Default.ProblemWire) ?? new ProblemWire();
        }
        catch (JsonException)
        {
            return new ProblemWire();
        }
    }

    private static Refusal? Named(ProblemWire problem, HttpResponseMessage response)
    {
        if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) != true)
            return null;
        return problem.Type[Prefix.Length..] switch
        {
            "not-found" => new Refusal(RefusalKind.NotFound),
            "lost" => new Refusal(RefusalKind.Lost),
            "locked" => new Refusal(RefusalKind.Locked),
            "wrong-passphrase" => new Refusal(RefusalKind.WrongPassphrase) { AttemptsLeft = problem.AttemptsLeft },
            "create-token" => new Refusal(RefusalKind.CreateToken),
            "too-large" => new Refusal(RefusalKind.TooLarge),
            "lifetime" => new Refusal(RefusalKind.Lifetime),
            "storage-full" => new Refusal(RefusalKind.StorageFull),
            "too-many-uploads" => new Refusal(RefusalKind.TooManyUploads),
            "rate-limited" => Waiting(RefusalKind.RateLimited, response),
            "busy" or "unavailable" => Waiting(RefusalKind.Unavailable, response),
            "silent" => new Refusal(RefusalKind.NoAnswer), // what was sent broke off on its way
            var state => StateNamed(state) is { } gone and not ShareState.Pending
                ? new Refusal(RefusalKind.Gone) { State = gone, At = problem.At } : null,
        };
    }

    // A proxy in between has limits of its own and no problems, and neither has the answer to a HEAD.
    private static Refusal ByStatus(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.NotFound when response.RequestMessage?.Method == HttpMethod.Head => new(RefusalKind.NotFound),
        HttpStatusCode.RequestEntityTooLarge => new(RefusalKind.TooLarge),
        HttpStatusCode.TooManyRequests => Waiting(RefusalKind.RateLimited, response),
        HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            Waiting(RefusalKind.Unavailable, response),
        _ => Unexpected(response),
    };

    private static Refusal Waiting(RefusalKind kind, HttpResponseMessage response) => new(kind)
    {
        RetryAfter = response.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero ? delta : DefaultRetry,
        Status = (int)response.StatusCode,
    };
}
