using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

/// <summary>Takes a secret in clear and seals it as it reads: <c>curl -T</c>, <c>curl -F</c>, a form.</summary>
internal sealed class UploadDoor(
    EnvelopeIntake intake, CreateRules rules, Argon2Gate argon2, ShareOptions shares, WebOptions web,
    TimeProvider time)
{
    public const string DefaultName = "file";

    /// <summary>What a multipart body may have beside the files: its boundaries, headers and fields.</summary>
    private const int MultipartAllowance = 1 << 20;

    public CreateRules Rules => rules;

    public WebOptions Web => web;

    public static async Task<IResult> PostAsync(HttpContext context, UploadDoor door)
    {
        if (context.Request.IsOfType("multipart/form-data"))
            return await door.TakeMultipartAsync(context);
        // A form that is none: taken for a file, it would be one that nobody meant to send.
        if (IsMultipart(context.Request))
            return Problems.UnsupportedMediaType;
        return await door.TakeRawAsync(context, context.Request.Query["name"]);
    }

    public static Task<IResult> PutAsync(HttpContext context, string? name, UploadDoor door) =>
        door.TakeRawAsync(context, name ?? context.Request.Query["name"]);

    /// <summary>Begins sealing; the problem where too many passphrases are waiting to be stretched.</summary>
    public async Task<(SealedUpload? Upload, Problem? Problem)> SealAsync(
        Passphrase? passphrase, CancellationToken aborted)
    {
        var header = EnvelopeHeader.Create(passphrase is null ? Kdf.None : Kdf.Argon2id);
        using var linkKey = LinkKey.Create();
        return await argon2.DeriveAsync(linkKey, header, passphrase, aborted) is { } keys
            ? (new SealedUpload(linkKey, keys, intake, shares.MaxSize, aborted), null)
            : (null, Problems.Busy);
    }

    public Problem? RefuseName(string name) => shares.Allows(name) ? null : Problems.Extension(shares.Extensions!);

    private async Task<IResult> TakeMultipartAsync(HttpContext context)
    {
        var request = context.Request;
        if (HasPassphraseInAddress(request))
            return Problems.PassphraseInAddress;
        if (!rules.TryRead(request.Query["ttl"], out var lifetime))
            return Problems.Lifetime;
        long maxLength = shares.MaxSize + MultipartAllowance;
        // A form cannot set a header, so it may send its create token as its first field.
        string? token = request.Headers[CreateRules.TokenHeader];
        bool tokenMayFollow = token is null && rules.NeedsToken;
        var refusal = tokenMayFollow
            ? rules.RefuseSizeAsync(request, maxLength) : rules.RefuseAsync(request, token, maxLength);
        if (await refusal is { } refused)
            return refused;
        if (!TryReadPassphrase(request, out var passphrase))
            return Problems.MalformedPassphrase;

        using var body = new BoundedSilenceReader(context, maxLength, time);
        await using var upload = new MultipartUpload(this, passphrase, lifetime, mayCreate: !tokenMayFollow);
        var (share, problem) = await upload.TakeAsync(
            request.ContentType!, body.AsStream(leaveOpen: true), context.RequestAborted);
        return problem is null ? new UploadAnswer(share!, web) : problem;
    }

    private async Task<IResult> TakeRawAsync(HttpContext context, string? name)
    {
        var request = context.Request;
        name = string.IsNullOrEmpty(name) ? DefaultName : name;
        if (RefuseName(name) is { } unwanted)
            return unwanted;
        if (HasPassphraseInAddress(request))
            return Problems.PassphraseInAddress;
        if (!rules.TryRead(request.Query["ttl"], out var lifetime))
            return Problems.Lifetime;
        if (await rules.RefuseAsync(request, request.Headers[CreateRules.TokenHeader], shares.MaxSize) is { } refused)
            return refused;
        if (!TryReadPassphrase(request, out var passphrase))
            return Problems.MalformedPassphrase;

        using (passphrase)
        using (var body = new BoundedSilenceReader(context, shares.MaxSize, time))
        {
            var start = await body.ReadAsync(context.RequestAborted);
            if (start.Buffer.IsEmpty)
                return Problems.NothingToShare;
            body.AdvanceTo(start.Buffer.Start);
            var (upload, busy) = await SealAsync(passphrase, context.RequestAborted);
            if (upload is null)
                return busy!;
            await using (upload)
                return await SealRawAsync(upload, name, lifetime, body.AsStream(leaveOpen: true), context);
        }
    }

    private async Task<IResult> SealRawAsync(
        SealedUpload upload, string name, TimeSpan lifetime, Stream content, HttpContext context)
    {
        var problem = upload.BeginFile(name, ContentTypeOf(context.Request))
            ?? await upload.WriteAsync(content, context.RequestAborted);
        if (problem is not null)
            return problem;
        var (share, unpublished) = await upload.PublishAsync(text: false, lifetime, context.RequestAborted);
        return unpublished is null ? new UploadAnswer(share!, web) : unpublished;
    }

    /// <summary>Overlooked, it would protect nothing, and its sender would think that it does.</summary>
    private static bool HasPassphraseInAddress(HttpRequest request) =>
        request.Query.ContainsKey("passphrase") || request.Query.ContainsKey("password");

    private static bool TryReadPassphrase(HttpRequest request, out Passphrase? passphrase)
    {
        passphrase = null;
        return request.PassphraseHeader() is { } given && Passphrase.TryParse(given, out passphrase);
    }

    private static bool IsMultipart(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>curl's --data-binary says that it sends a form, which is not so.</summary>
    private static string ContentTypeOf(HttpRequest request) =>
        request.ContentType is { Length: > 0 } type && !request.IsOfType("application/x-www-form-urlencoded")
            ? type : ManifestFile.DefaultType;
}
