using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Web;

/// <summary>Every problem that is the same each time.</summary>
internal static class Problems
{
    public static Problem BadRequest { get; } = new("bad-request", 400, "Malformed request",
        "The request is not what this address takes. Compare it with the description of the API.");

    public static Problem MalformedEnvelope { get; } = new("malformed-envelope", 400, "Not an envelope",
        "The body is not a whole envelope of version 1: nothing was stored. Seal it again and send all of it.");

    public static Problem UploadLength { get; } = new("bad-request", 400, "No length",
        "Send Upload-Length: the length of the whole envelope in bytes. It cannot be said later.");

    public static Problem MissingReceiptToken { get; } = new("receipt-token", 400, "No receipt token",
        "Send 16 random bytes of your own in base64url as Authorization: Bearer, and keep them: they are the receipt.");

    public static Problem CreateToken { get; } = new("create-token", 401, "Creating needs a token",
        "This server lets only some people create. Send the token that its operator gave you as OTS-Create-Token.")
    { Challenge = CreateRules.TokenHeader };

    public static Problem Operator { get; } = new("operator", 401, "For the operator",
        "Sign in at /admin, or send the operator's password as Authorization: Bearer.")
    { Challenge = "Bearer" };

    public static Problem CrossSite { get; } = new("cross-site", 403, "Another site's request",
        "Another site made your browser send this, so nothing was done. Open the page here and do it there.");

    public static Problem NotFound { get; } = new("not-found", 404, "There is nothing here",
        "There is no such thing here, or not for you. Check that you have the whole link, to its last character.");

    public static Problem MethodNotAllowed { get; } = new("method-not-allowed", 405, "Not with this method",
        "This address takes other methods: see the Allow header.");

    public static Problem Silent { get; } = new("silent", 408, "Nothing came any more",
        "The request stopped in the middle, so nothing was stored. Send it again.");

    public static Problem UploadOffset { get; } = new("upload-offset", 409, "Go on from somewhere else",
        "There is more of this upload, or less, or another request goes on with it. HEAD says where to go on from.");

    public static Problem TusVersion { get; } = new("tus-version", 412, "Another version of the protocol is needed",
        "Send Tus-Resumable with the version that Tus-Version names.");

    public static Problem MoreThanAnnounced { get; } = new("too-large", 413, "More than was announced",
        "This is more than Upload-Length said, so nothing of it was kept. HEAD says where to go on from.");

    public static Problem TooLarge { get; } = new("too-large", 413, "Too large",
        "This is more than the server takes here, and nothing was done. /api/v1/policy says how much may be shared.");

    public static Problem UnsupportedMediaType { get; } = new(
        "unsupported-media-type", 415, "Another media type is needed",
        "Set the Content-Type that this address takes: see the description of the API.");

    public static Problem RangeNotSatisfiable { get; } = new("range-not-satisfiable", 416, "No such range",
        "The range begins after the end. Ask for one that begins before it.");

    public static Problem Lifetime { get; } = new("lifetime", 422, "Not a lifetime that this server allows",
        "Nothing was stored. /api/v1/policy says between what the lifetime may be, in seconds.");

    public static Problem NothingToShare { get; } = new("nothing-to-share", 422, "Nothing to share",
        "There was no file and no text. Send files in the field file, or a text in the field text.");

    public static Problem TextAndFiles { get; } = new("text-and-files", 422, "One text, or files",
        "Nothing was stored. Send either one text or files, in two shares if you need both.");

    public static Problem PassphraseTooLate { get; } = new("passphrase-too-late", 422, "The passphrase came too late",
        "Content is sealed as it arrives, so nothing was stored. Put the passphrase before the first file, or in the "
        + "header OTS-Passphrase.");

    public static Problem PassphraseInAddress { get; } = new(
        "passphrase-in-address", 422, "A passphrase in the address",
        "Addresses are kept in logs and histories, so nothing was stored. Use another passphrase, in the field "
        + "passphrase before the first file, or in the header OTS-Passphrase.");

    public static Problem MalformedPassphrase { get; } = new("malformed-passphrase", 422, "Not a passphrase",
        "Nothing was done. Give one passphrase of at most 1,024 bytes of UTF-8.");

    public static Problem PassphraseRequired { get; } = new("passphrase-required", 422, "It needs a passphrase",
        "The sender set a passphrase. Nothing was counted or taken: send it in the field passphrase.");

    public static Problem ManifestTooLarge { get; } = new("manifest-too-large", 422, "Too many names, or too long ones",
        "Nothing was stored. Put the files into an archive and share that.");

    public static Problem MalformedManifest { get; } = new("malformed-manifest", 422, "It cannot be opened",
        "What was sealed is damaged, or its sender's program has a fault. Nothing was taken: tell the sender.");

    public static Problem UnknownField { get; } = new("unknown-field", 422, "A field that means nothing here",
        "Nothing was stored. The fields are file, text, passphrase, ttl and create_token.");

    public static Problem Locked { get; } = new("locked", 423, "It is locked",
        "Too many wrong passphrases were tried. Nothing is lost: ask the sender to allow more attempts.");

    public static Problem Internal { get; } = new("internal", 500, "The server made a mistake",
        "It was written to the server's log, without anything of yours. Try again.");

    public static Problem Busy { get; } = new("busy", 503, "The server is busy",
        "Nothing was done. Try again in a few seconds.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem Unavailable { get; } = new("unavailable", 503, "The server's store does not answer",
        "Nothing is known to have been done. Send the same again in a few seconds, with the same tokens.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem TakenUnavailable { get; } = new(
        "taken-unavailable", 503, "It is yours, and cannot be read now",
        "Nobody else can take it. Send the same form again in a few seconds, with this claim token.")
    { RetryAfter = TimeSpan.FromSeconds(5) };

    public static Problem StorageFull { get; } = new("storage-full", 507, "The server is full",
        "Nothing was stored. Try again later, or tell the server's operator.");

    public static Problem Extension(IEnumerable<string> allowed) => new(
        "extension", 422, "Not a kind of file that this server takes",
        $"Nothing was stored. It takes files named with: {string.Join(' ', allowed.Order(StringComparer.Ordinal))}.");

    public static Problem TooManyUploads { get; } = new("too-many-uploads", 429, "Too many unfinished uploads",
        "Your network has as many as it may. Finish one or give it up, or wait until one has been idle too long.")
    { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Problem RateLimited(TimeSpan retryAfter) => new("rate-limited", 429, "Too many requests",
        "Your network has asked too often. Nothing was done: wait, then ask again.")
    { RetryAfter = retryAfter };

    /// <summary>For a status that the framework chose.</summary>
    public static Problem ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status408RequestTimeout => Silent,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        >= 400 and < 500 => BadRequest with { Status = status },
        _ => Internal,
    };
}
