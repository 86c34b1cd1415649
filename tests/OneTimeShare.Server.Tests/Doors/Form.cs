using System.Net.Http.Headers;
using System.Text;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>A multipart form, byte by byte as a test wants it, which no client library would send.</summary>
internal sealed class Form
{
    private const string Boundary = "-----a-boundary";
    private readonly List<byte> _body = [];

    public static Form Begin() => new();

    public Form Field(string name, string value) => Part($"form-data; name=\"{name}\"", Utf8(value));

    public Form File(string name, string content, string? type = "text/plain") => File(name, Utf8(content), type);

    /// <summary>The name stands between its quotes as it is.</summary>
    public Form File(string name, byte[] content, string? type = "text/plain") =>
        Part($"form-data; name=\"file\"; filename=\"{name}\"", content, type);

    public Form Part(string disposition, byte[] content, string? type = null) =>
        Part(Utf8(disposition), content, type);

    public Form Part(byte[] disposition, byte[] content, string? type = null)
    {
        _body.AddRange(Utf8($"--{Boundary}\r\nContent-Disposition: "));
        _body.AddRange(disposition);
        _body.AddRange(Utf8(type is null ? "\r\n\r\n" : $"\r\nContent-Type: {type}\r\n\r\n"));
        _body.AddRange(content);
        _body.AddRange("\r\n"u8);
        return this;
    }

    public HttpContent ToContent() => new ByteArrayContent([.. _body, .. Utf8($"--{Boundary}--\r\n")])
    {
        Headers = { ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}") },
    };

    private static byte[] Utf8(string text) => new UTF8Encoding(false).GetBytes(text);
}
