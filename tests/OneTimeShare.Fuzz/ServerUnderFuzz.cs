using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz;

/// <summary>The server as it ships, with real stores in a folder of its own, and shares that inputs name.</summary>
internal sealed class ServerUnderFuzz : IAsyncDisposable
{
    /// <summary>What the canary holds, and no answer to an input may.</summary>
    public const string Hush = "hush-little-canary";

    private readonly string _folder = Directory.CreateTempSubdirectory("ots-fuzz").FullName;
    private readonly Factory _factory;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2000, 1, 31, 12, 0, 0, TimeSpan.Zero));
    private readonly Sealed _canary = Sealed.Seal(Hush);
    private readonly string _canaryId;
    private readonly string _claimToken = NewToken();
    private string _claimedId = "";

    public ServerUnderFuzz()
    {
        _factory = new Factory(this);
        _canaryId = Create(_canary);
        Refresh();
    }

    /// <summary>Time passes, what is over is swept, and a share is claimed whose token inputs know.</summary>
    public void Refresh()
    {
        _clock.Advance(TimeSpan.FromSeconds(61));
        CheckReceipt();
        var other = Sealed.Seal("for everybody");
        _claimedId = Create(other);
        Expect(200, "POST", $"/api/v1/shares/{_claimedId}/claim", "application/json", other.Claim(_claimToken));
    }

    /// <summary>Puts what only this run knows into an input that says where it belongs.</summary>
    public string Fill(string text) => !text.Contains('{') ? text : text
        .Replace("{canary}", _canaryId, StringComparison.Ordinal)
        .Replace("{proof}", _canary.LinkProof, StringComparison.Ordinal)
        .Replace("{claimed}", _claimedId, StringComparison.Ordinal)
        .Replace("{token}", _claimToken, StringComparison.Ordinal);

    /// <returns>Null where the server broke the connection, which is an answer too.</returns>
    public HttpContext? Answer(Action<HttpContext> ask)
    {
        try
        {
            return _factory.Server.SendAsync(ask).GetAwaiter().GetResult();
        }
        catch (Exception broken) when (broken is OperationCanceledException
            || (broken is IOException && broken.Message.Contains("abort", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }
    }

    /// <summary>It waits, and whoever has the whole link gets it.</summary>
    public void CheckCanary()
    {
        CheckReceipt();
        Expect(204, "POST", $"/api/v1/shares/{_canaryId}/attempts", "", "", _canary.ReceiptToken);
        var json = Expect(
            200, "POST", $"/api/v1/shares/{_canaryId}/claim", "application/json", _canary.Claim(NewToken()));
        string content = json.RootElement.GetProperty("content").GetString()!;
        if (content != StrictBase64Url.Encode(_canary.Records))
            throw new BrokenPromiseException("The canary is another.");
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void CheckReceipt()
    {
        var receipt = Expect(200, "GET", $"/api/v1/shares/{_canaryId}/receipt", "", "", _canary.ReceiptToken);
        if (receipt.RootElement.GetProperty("state").GetString() != "pending")
            throw new BrokenPromiseException("The canary was taken.");
    }

    private string Create(Sealed secret)
    {
        var json = Expect(201, "POST", "/api/v1/shares?ttl=604800", "application/vnd.onetimeshare.envelope",
            Encoding.Latin1.GetString(secret.Envelope), secret.ReceiptToken);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private JsonDocument Expect(
        int status, string method, string path, string type, string body, string? bearer = null)
    {
        var answer = Answer(context =>
        {
            string[] parts = path.Split('?');
            context.Request.Method = method;
            context.Request.Host = new HostString("localhost");
            context.Request.Path = parts[0];
            context.Request.QueryString = parts.Length > 1 ? new QueryString("?" + parts[1]) : default;
            context.Request.ContentType = type;
            context.Request.Body = new MemoryStream(Encoding.Latin1.GetBytes(body));
            context.Request.ContentLength = body.Length;
            if (bearer is not null)
                context.Request.Headers.Authorization = $"Bearer {bearer}";
        });
        using var content = new MemoryStream();
        answer?.Response.Body.CopyTo(content);
        if (answer?.Response.StatusCode != status)
        {
            throw new BrokenPromiseException(
                $"{answer?.Response.StatusCode} for {method} {path.Split('/')[^1]} where everything is right.");
        }
        return JsonDocument.Parse(content.Length == 0 ? "{}"u8.ToArray() : content.ToArray());
    }

    private static string NewToken() =>
        StrictBase64Url.Encode(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));

    private sealed record Sealed(byte[] Envelope, byte[] Records, string LinkProof, string ClaimProof)
    {
        public string ReceiptToken { get; } = NewToken();

        public static Sealed Seal(string secret)
        {
            using var key = LinkKey.Create();
            using var keys = KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.None), null);
            var proof = KeySchedule.LinkProof(key);
            using var envelope = new MemoryStream();
            using var writer = new EnvelopeWriter(PipeWriter.Create(envelope), keys, proof);
            writer.TryBeginFile("secret.txt", "text/plain");
            writer.WriteAsync(new MemoryStream(Target.Utf8(secret))).AsTask().GetAwaiter().GetResult();
            writer.TryCompleteAsync().AsTask().GetAwaiter().GetResult();
            return new Sealed(envelope.ToArray(), envelope.ToArray()[EnvelopeHeader.Length..^EnvelopeFooter.MinLength],
                StrictBase64Url.Encode(proof.ToArray()), StrictBase64Url.Encode(keys.ClaimProof.ToArray()));
        }

        public string Claim(string token) =>
            $$"""{"link_proof":"{{LinkProof}}","claim_proof":"{{ClaimProof}}","claim_token":"{{token}}"}""";
    }

    private sealed class Factory(ServerUnderFuzz server) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("OTS_DATA", server._folder);
            builder.UseSetting("OTS_RATE_LIMITS", "off");
            builder.UseSetting("OTS_MAX_SIZE", "100kB");
            builder.UseSetting("OTS_HISTORY", "1m");
            builder.UseSetting("OTS_TTL_MIN", "1s");
            builder.UseSetting("OTS_METRICS_TOKEN", "metrics-token-of-fuzz");
            builder.ConfigureLogging(logging => logging.ClearProviders());
            builder.ConfigureServices(services => services.AddSingleton<TimeProvider>(server._clock));
        }
    }
}
