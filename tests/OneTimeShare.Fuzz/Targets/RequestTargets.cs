using System.Buffers;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Doors;
using OneTimeShare.Server.Operator;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Uploads;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>What a request's own fields are read by: an input is a field's value.</summary>
internal sealed class FieldsTarget() : Target("fields")
{
    private const long Size = 1000;
    private static readonly EntityTagHeaderValue Tag = new("\"tag\"");

    private static readonly OperatorPassword Operator = OperatorPassword.TryParse(
        "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")!;

    public override bool Takes(byte[] input)
    {
        string text = Encoding.Latin1.GetString(input);
        bool isSession = OperatorSession.Read(
            With("Cookie", text), Operator, DateTimeOffset.UnixEpoch) is not null;
        Promise(!isSession, "a session that nobody began");
        bool isHash = OperatorPassword.TryParse("$argon2id$" + text) is not null;
        Promise(!isHash || text.StartsWith("v=19$"), "a hash of another kind");

        var bearer = With("Authorization", text).Bearer();
        Promise(bearer == "" || text.Contains(bearer, StringComparison.Ordinal), "a bearer that was not shown");
        bool prefersHtml = With("Accept", text).PrefersHtml();
        Promise(!prefersHtml || text.Contains("html", StringComparison.OrdinalIgnoreCase), "pages for a program");
        bool isNumber = Tus.TryReadNumber(With(Tus.LengthHeader, text), Tus.LengthHeader, out long number);
        Promise(!isNumber || (number >= 0 && text.All(char.IsAsciiDigit)), "a number that is none");
        return CheckRange(text) | isHash | bearer != "" | prefersHtml | isNumber;
    }

    private static bool CheckRange(string text)
    {
        var request = With("Range", text);
        var range = ByteRange.Of(request, Size, Tag);
        Promise(range.Length >= 0 && range.Offset >= 0, "a range before the beginning");
        Promise(range.IsUnsatisfiable || range.Offset + range.Length <= Size, "a range beyond the end");
        Promise(range.IsPart || range == new ByteRange(0, Size, false), "less than the whole, and no part");
        Promise(!range.IsPart || text.Contains("bytes", StringComparison.OrdinalIgnoreCase), "a part in no unit");
        request.Headers.IfRange = text;
        Promise(!ByteRange.Of(request, Size, Tag).IsPart, "a part under a condition that does not hold");
        return range.IsPart;
    }

    private static HttpRequest With(string name, string value)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Headers[name] = value;
        return request;
    }
}

/// <summary>The small bodies of requests: JSON and forms are read or refused.</summary>
internal sealed class BodiesTarget() : Target("bodies")
{
    public override bool Takes(byte[] input)
    {
        var (claim, refusal) = JsonBody.ReadAsync(
            With(input, "application/json"), ShareJson.Default.ClaimRequest).AsTask().GetAwaiter().GetResult();
        Promise(claim is null == refusal is not null, "neither JSON nor a refusal");
        bool isValid = claim is not null && Holds(claim);
        var (form, problem) = FormBody.ReadAsync(
            With(input, "application/x-www-form-urlencoded")).GetAwaiter().GetResult();
        Promise(form is null == problem is not null, "neither a form nor a refusal");
        if (form is not null)
        {
            Promise(form["key"].Length <= 4096 * 16, "a field without a bound");
            _ = LinkKey.TryParse(form.FragmentIn("key"), out var key);
            key?.Dispose();
        }
        return isValid || (form is not null && form["key"] != "");
    }

    private static bool Holds(ClaimRequest claim) =>
        ClaimToken.TryParse(claim.ClaimToken ?? "", out _) && LinkProof.TryParse(claim.LinkProof ?? "", out _);

    private static HttpRequest With(byte[] body, string type)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "POST";
        request.ContentType = type;
        request.Body = new MemoryStream(body, writable: false);
        return request;
    }
}

/// <summary>A name from a form's part, and the name that an answer carries: nothing of it ends the header.</summary>
internal sealed class AttachmentTarget() : Target("attachment")
{
    public override bool Takes(byte[] input)
    {
        string text = Text(input);
        string name = FileNames.Clean(string.Concat(text.EnumerateRunes()));
        string header = Attachment.Header(name);
        const string begin = "attachment; filename=\"", star = "\"; filename*=UTF-8''";
        Promise(header.StartsWith(begin, StringComparison.Ordinal) && !header.Any(char.IsControl), "a control");
        int quote = header.IndexOf('"', begin.Length);
        Promise(header[quote..].StartsWith(star, StringComparison.Ordinal), "quotes that end early");
        Promise(header.IndexOf('\\') < 0, "a backslash");
        string extended = header[(quote + star.Length)..];
        Promise(extended.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '%'), "no token");
        string cut = Uri.UnescapeDataString(extended);
        int length = new UTF8Encoding(false).GetByteCount(name);
        Promise(new UTF8Encoding(false).GetByteCount(cut) <= 255, "longer than a file system takes");
        Promise(length > 255 || cut == name, "another name");

        if (!ContentDispositionHeaderValue.TryParse(text, out var disposition))
            return false;
        string given = FileNames.Clean(MultipartFileName.Of(disposition));
        Promise(given != "" && !given.Any(char.IsControl), "a name that is none");
        return disposition.Parameters.Any(parameter => parameter.Name.StartsWith("filename", StringComparison.Ordinal));
    }
}

/// <summary>A zip of any names holds them and their bytes, as another reader of zips sees it.</summary>
internal sealed class ZipTarget() : Target("zip")
{
    public override bool Takes(byte[] input)
    {
        string[] names = NamesTarget.Names(input);
        var files = names.Select((name, i) => new ManifestFile(name, ManifestFile.DefaultType, i % 5 * 7));
        var manifest = new Manifest([.. files], false);
        var safe = FileNames.Safe(manifest);
        byte[] content = [.. Enumerable.Range(0, (int)manifest.ContentLength).Select(i => (byte)i)];
        var layout = new ZipLayout(manifest, safe);
        var zip = new ArrayBufferWriter<byte>();
        var files2 = new ZippedFiles(manifest, layout, zip);
        int half = input.Length == 0 ? 0 : input[0] % (content.Length + 1);
        files2.Write(content.AsSpan(0, half));
        files2.Write(content.AsSpan(half));
        files2.Complete();
        Promise(zip.WrittenCount == layout.Length, "another length than was said");

        using var archive = new ZipArchive(new MemoryStream(zip.WrittenSpan.ToArray()), ZipArchiveMode.Read);
        Promise(archive.Entries.Select(entry => entry.FullName).SequenceEqual(safe), "other names");
        int at = 0;
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            Promise(content.AsSpan(at).StartsWith(bytes), "other bytes");
            at += bytes.Length;
        }
        Promise(at == content.Length, "fewer bytes");
        return names.Length > 1;
    }
}
