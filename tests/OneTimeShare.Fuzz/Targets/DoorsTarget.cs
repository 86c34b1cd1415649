using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>
/// The whole server, real stores and all, behind its HTTP parser: an input is a request. No answer is a mistake of the
/// server's, each has its headers and, where it refuses, its problem; and the canary, a share whose claim proof no
/// input has, is there after all of them.
/// </summary>
internal sealed class DoorsTarget(ServerUnderFuzz server) : Target("doors")
{
    private static readonly UTF8Encoding Utf8Text = new(false);
    private int _left;

    public override bool Takes(byte[] input)
    {
        if (_left-- == 0)
        {
            server.Refresh();
            _left = 500;
        }
        string text = server.Fill(Encoding.Latin1.GetString(input));
        // Each costs a tenth of a second by intent, so that few are left.
        if (text.Contains("pass", StringComparison.OrdinalIgnoreCase) && input.Sum(b => b) % 64 != 0)
            return false;
        return server.Answer(context => Write(text, context.Request)) is { } answer && Check(answer);
    }

    public override void End() => server.CheckCanary();

    public override async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await base.DisposeAsync();
    }

    private static void Write(string text, HttpRequest request)
    {
        int bodyAt = text.IndexOf("\n\n", StringComparison.Ordinal);
        string[] lines = (bodyAt < 0 ? text : text[..bodyAt]).Split('\n');
        byte[] body = bodyAt < 0 ? [] : Encoding.Latin1.GetBytes(text[(bodyAt + 2)..]);
        string[] first = lines[0].Split(' ', 2);
        string target = first.Length > 1 ? first[1] : "/";
        int query = target.IndexOf('?');
        request.Method = first[0] == "" ? "GET" : first[0];
        request.Scheme = "http";
        request.Host = new HostString("localhost");
        string path = WebUtility.UrlDecode(query < 0 ? target : target[..query]);
        request.Path = new PathString("/" + path.TrimStart('/'));
        request.QueryString = query < 0 ? default : new QueryString(target[query..]);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':');
            // What the HTTP parser before this would have refused.
            if (colon <= 0 || line.AsSpan().ContainsAnyInRange('\0', '\u001f')
                || line[..colon].Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
                continue;
            request.Headers.Append(line[..colon], line[(colon + 1)..].Trim(' '));
        }
        request.Headers.ContentLength = request.Headers.TransferEncoding.Count > 0 ? null : body.Length;
        request.Body = new MemoryStream(body, writable: false);
    }

    private static bool Check(HttpContext answer)
    {
        int status = answer.Response.StatusCode;
        Promise(status is >= 200 and < 500, $"{status}");
        var headers = answer.Response.Headers;
        Promise(headers["X-Content-Type-Options"] == "nosniff" && headers["Referrer-Policy"] == "no-referrer"
            && headers["X-Frame-Options"] == "DENY", $"headers of a {status}");
        string policy = headers.ContentSecurityPolicy.ToString();
        Promise(policy == "sandbox" || policy.StartsWith("default-src 'none'; ", StringComparison.Ordinal), "policy");
        foreach (var (name, value) in headers)
            Promise(value.All(line => line!.AsSpan().IndexOfAny('\r', '\n', '\0') < 0), $"the header {name}");
        if (status < 400)
            return true;
        Promise(headers.CacheControl == "no-store", $"a {status} that is kept");
        string type = answer.Response.ContentType ?? "";
        if (HttpMethods.IsHead(answer.Request.Method))
            return false;
        using var body = new MemoryStream();
        answer.Response.Body.CopyTo(body);
        if (type.StartsWith("text/html", StringComparison.Ordinal))
            return false;
        Promise(type == "application/problem+json", $"a {status} of type \"{type}\"");
        using var json = JsonDocument.Parse(body.ToArray());
        Promise(json.RootElement.GetProperty("status").GetInt32() == status, "another status in the problem");
        string said = Utf8Text.GetString(body.ToArray());
        Promise(!said.Contains(ServerUnderFuzz.Hush, StringComparison.Ordinal), "a secret");
        return false;
    }
}
