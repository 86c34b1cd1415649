using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli;

/// <summary>Says what a refusal means, and what to do now. Nothing that a server wrote is repeated.</summary>
internal static class Refusals
{
    public static ComplaintException Complain(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => new(ExitCode.Gone, "there is nothing behind this link",
            "check that you have the whole link, to its last character; what ended long ago is forgotten"),
        RefusalKind.Gone => Gone(refusal),
        RefusalKind.Lost => new(ExitCode.Gone, "the server no longer has what was in it", AskForNew),
        RefusalKind.WrongPassphrase => WrongPassphrase(refusal.AttemptsLeft),
        RefusalKind.Locked => new(ExitCode.Locked, "too many wrong passphrases have locked it",
            "ask the sender to allow more: ots allow RECEIPT"),
        RefusalKind.DoesNotOpen => DoesNotOpen(refusal.Failure!.Value),
        RefusalKind.CreateToken => new(ExitCode.Failure, "this server lets only some people create",
            "ask its operator for a token, and give it by OTS_CREATE_TOKEN or --create-token"),
        RefusalKind.TooLarge => new(ExitCode.Failure, "this is more than the server takes"),
        RefusalKind.Lifetime => new(ExitCode.Failure, "the server does not allow this lifetime"),
        RefusalKind.StorageFull => new(ExitCode.Failure, "the server has no room left", "try again later"),
        RefusalKind.TooManyUploads => new(ExitCode.Failure, "too many uploads are under way from this network",
            "wait until one of them is done"),
        RefusalKind.ManifestTooLarge => new(ExitCode.Failure, "more names, or longer ones, than a share can hold",
            "put the files into a folder and send that: it goes as one zip"),
        RefusalKind.FileChanged => new(ExitCode.Failure, "a file was changed while it was read: nothing was shared",
            "send it again when nobody writes to it"),
        RefusalKind.UploadForgotten => new(ExitCode.Network, "the server has forgotten the upload", "send it again"),
        RefusalKind.RateLimited => new(ExitCode.Network, "too many requests from this network",
            $"try again in {Amounts.Clock(refusal.RetryAfter ?? TimeSpan.Zero)}"),
        RefusalKind.Unavailable => new(ExitCode.Network, "the server cannot answer now", "try again later"),
        RefusalKind.NoAnswer => new(ExitCode.Network, NoAnswer(refusal.Network),
            refusal.Network is HttpRequestError.ConnectionError && HasProxy
                ? "a proxy is set by http_proxy or the like, and may be what does not answer"
                : null),
        RefusalKind.NotTrusted => new(ExitCode.Network, "there is no connection to the server that can be trusted",
            "its certificate is not for this name and time, or of an authority that OTS_CA or --ca has to name, or "
                + "what answers there does not speak TLS"),
        RefusalKind.Unexpected => Unexpected(refusal.Status),
    };

    private const string AskForNew = "ask the sender for a new link";

    public static ComplaintException WrongPassphrase(int? attemptsLeft) => new(
        ExitCode.WrongPassphrase,
        "that is not the passphrase",
        attemptsLeft switch
        {
            null => "nothing is lost: try again",
            0 => "it was the last attempt; ask the sender to allow more: ots allow RECEIPT",
            _ => $"nothing is lost, and {attemptsLeft} more may be tried before it locks",
        });

    /// <summary>By the name that the format's description has for it.</summary>
    public static ComplaintException DoesNotOpen(EnvelopeFailure failure) => failure switch
    {
        EnvelopeFailure.MalformedLinkKey => ComplaintException.Usage("malformed-link-key: that is not a key"),
        EnvelopeFailure.MalformedPassphrase => ComplaintException.Usage(
            "malformed-passphrase: a passphrase is at most 1,024 bytes of UTF-8"),
        EnvelopeFailure.WrongPassphrase => new(
            ExitCode.WrongPassphrase, "wrong-passphrase: that is not the passphrase, or the header was changed"),
        EnvelopeFailure.PassphraseRequired => new(ExitCode.WrongPassphrase,
            "passphrase-required: it needs a passphrase", "add --passphrase, or set OTS_PASSPHRASE"),
        EnvelopeFailure.NotAnEnvelope => Damaged("not-an-envelope: this is no envelope, or not all of one"),
        EnvelopeFailure.UnknownSuite => Damaged("unknown-suite: a newer version sealed it"),
        EnvelopeFailure.UnknownKdf => Damaged("unknown-kdf: a newer version sealed it"),
        EnvelopeFailure.ReservedNotZero => Damaged("reserved-not-zero: a newer version sealed it"),
        EnvelopeFailure.FooterLength => Damaged("footer-length: its end is damaged"),
        EnvelopeFailure.WrongLinkKey => Damaged("wrong-link-key: it was sealed with another key"),
        EnvelopeFailure.ManifestTampered => Damaged("manifest-tampered: the list of files is not as it was sealed"),
        EnvelopeFailure.ManifestMalformed => Damaged("manifest-malformed: the list of files is none"),
        EnvelopeFailure.RecordsLength => Damaged("records-length: there is more, or less, than the files' sizes say"),
        EnvelopeFailure.RecordTampered => Damaged("record-tampered: the content is not as it was sealed"),
        EnvelopeFailure.RecordsTruncated => Damaged("records-truncated: the content ends early"),
        EnvelopeFailure.TrailingBytes => Damaged("trailing-bytes: something follows the content"),
        EnvelopeFailure.PaddingNotZero => Damaged("padding-not-zero: the padding is not as it has to be"),
    };

    private static ComplaintException Damaged(string message) =>
        new(ExitCode.Failure, message, "no file of it is kept; " + AskForNew);

    private static ComplaintException Gone(Refusal refusal)
    {
        string at = refusal.At is { } time ? $" at {Amounts.Time(time)}" : "";
        return refusal.State switch
        {
            ShareState.Claimed or ShareState.Delivered or ShareState.Unconfirmed => new(ExitCode.Gone,
                $"somebody with this link took it{at}",
                "if it was not you, tell the sender: another knows what was in it"),
            ShareState.Expired => new(ExitCode.Gone, $"its time ran out{at}, and nobody had taken it", AskForNew),
            ShareState.Burned => new(ExitCode.Gone, $"the sender burned it{at}", AskForNew),
            ShareState.Pending or null => new(ExitCode.Gone, "it is gone", AskForNew),
        };
    }

    private static bool HasProxy => new[] { Uri.UriSchemeHttp, Uri.UriSchemeHttps }.Any(
        scheme => HttpClient.DefaultProxy.GetProxy(new Uri($"{scheme}://server.invalid")) is not null);

    private static string NoAnswer(HttpRequestError? error) => error switch
    {
        HttpRequestError.NameResolutionError => "no such server: its name is not known",
        HttpRequestError.ConnectionError => "the server does not answer",
        HttpRequestError.SecureConnectionError => "the server does not speak TLS",
        HttpRequestError.ProxyTunnelError => "the proxy does not let it through",
        _ => "the connection broke",
    };

    private static ComplaintException Unexpected(int? status) => status switch
    {
        301 or 302 or 307 or 308 => ComplaintException.Failure("the server sends to another address",
            "use that one; where this one is http, that is likely to be https"),
        _ => ComplaintException.Failure(
            $"no answer of a OneTimeShare server{(status is null ? "" : $" (HTTP {status})")}",
            "check the address, to the path where the server lives below one"),
    };
}
