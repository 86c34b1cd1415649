using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Doors;

/// <summary>
/// Reads a multipart form part by part, in memory that does not depend on its length, and seals what it reads. A text
/// of up to one record waits for the form's end, so that its passphrase may stand behind it.
/// </summary>
internal sealed class MultipartUpload(UploadDoor door, Passphrase? passphrase, TimeSpan lifetime, bool mayCreate)
    : IAsyncDisposable
{
    private const int MaxFieldLength = 4096;
    private const int BufferLength = 64 * 1024;

    /// <summary>Room for every name that a manifest holds, escaped, and for some that it does not: 422.</summary>
    private const int HeadersLength = 256 * 1024;

    private Passphrase? _passphrase = passphrase;
    private TimeSpan _lifetime = lifetime;
    private bool _mayCreate = mayCreate;
    private byte[] _text = [];
    private int _textLength;
    private bool _isText;
    private SealedUpload? _upload;

    public async Task<(SealedShare? Share, Problem? Problem)> TakeAsync(
        string contentType, Stream body, CancellationToken aborted)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).ToString() is not { Length: > 0 and <= 200 } boundary)
            return (null, Problems.BadRequest);
        try
        {
            var reader = new MultipartReader(boundary, body, BufferLength) { HeadersLengthLimit = HeadersLength };
            while (await reader.ReadNextSectionAsync(aborted) is { } part)
            {
                if (await TakePartAsync(part, aborted) is { } problem)
                    return (null, problem);
            }
            return await PublishAsync(aborted);
        }
        catch (Exception exception) when (exception is InvalidDataException
            || exception.GetType() == typeof(IOException))
        {
            // Not a form, or one that ends early. Kinds of IOException, the connection's, are not the form's fault.
            return (null, Problems.BadRequest);
        }
    }

    public async ValueTask DisposeAsync()
    {
        CryptographicOperations.ZeroMemory(_text);
        _passphrase?.Dispose();
        if (_upload is not null)
            await _upload.DisposeAsync();
    }

    private async Task<Problem?> TakePartAsync(MultipartSection part, CancellationToken aborted)
    {
        if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
            return Problems.BadRequest;
        switch (HeaderUtilities.RemoveQuotes(disposition.Name).ToString())
        {
            case "passphrase" or "password":
                return await TakePassphraseAsync(part, aborted);
            case "ttl":
                string? ttl = await ReadFieldAsync(part, aborted);
                return ttl is "" || (ttl is not null && door.Rules.TryRead(ttl, out _lifetime))
                    ? null : Problems.Lifetime;
            case "create_token":
                // A wrong one ends it: one body would have room for very many guesses.
                _mayCreate = _mayCreate || door.Rules.AllowsCreating(await ReadFieldAsync(part, aborted));
                return _mayCreate ? null : Problems.CreateToken;
            case "text":
                return _mayCreate ? await TakeTextAsync(part, aborted) : Problems.CreateToken;
            case "file":
                return _mayCreate ? await TakeFileAsync(part, disposition, aborted) : Problems.CreateToken;
            default:
                return Problems.UnknownField;
        }
    }

    private async Task<Problem?> TakePassphraseAsync(MultipartSection part, CancellationToken aborted)
    {
        string? text = await ReadFieldAsync(part, aborted);
        if (text is null || !Passphrase.TryParse(text, out var given))
            return Problems.MalformedPassphrase;
        if (given is null)
            return null;
        if (_upload is not null || _passphrase is not null)
        {
            given.Dispose();
            return _upload is not null ? Problems.PassphraseTooLate : Problems.MalformedPassphrase;
        }
        _passphrase = given;
        return null;
    }

    private async Task<Problem?> TakeTextAsync(MultipartSection part, CancellationToken aborted)
    {
        var room = new byte[_isText || _upload is not null ? 1 : Records.ContentLength];
        int read = await part.Body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, aborted);
        if (read == 0)
            return null;
        if (_isText || _upload is not null)
            return Problems.TextAndFiles;

        (_isText, _text, _textLength) = (true, room, read);
        if (read < room.Length)
            return null;
        return await SealTextAsync(aborted) ?? await _upload!.WriteAsync(part.Body, aborted);
    }

    private async Task<Problem?> SealTextAsync(CancellationToken aborted) =>
        await SealAsync(aborted)
        ?? _upload!.BeginFile("text.txt", "text/plain")
        ?? await _upload.WriteAsync(new MemoryStream(_text, 0, _textLength, writable: false), aborted);

    private async Task<Problem?> TakeFileAsync(
        MultipartSection part, ContentDispositionHeaderValue disposition, CancellationToken aborted)
    {
        string name = MultipartFileName.Of(disposition);
        var first = new byte[1];
        int read = name.Length == 0 ? await part.Body.ReadAsync(first, aborted) : 0;
        if (name.Length == 0 && read == 0)
            return null; // what a browser sends of a file field that nobody used
        if (_isText)
            return Problems.TextAndFiles;
        if (name.Length == 0)
            name = UploadDoor.DefaultName;

        return door.RefuseName(name)
            ?? (_upload is null ? await SealAsync(aborted) : null)
            ?? _upload!.BeginFile(name, part.ContentType ?? ManifestFile.DefaultType)
            ?? await _upload.WriteAsync(new MemoryStream(first, 0, read, writable: false), aborted)
            ?? await _upload.WriteAsync(part.Body, aborted);
    }

    private async Task<Problem?> SealAsync(CancellationToken aborted)
    {
        (_upload, var problem) = await door.SealAsync(_passphrase, aborted);
        return problem;
    }

    private async Task<(SealedShare? Share, Problem? Problem)> PublishAsync(CancellationToken aborted)
    {
        if (_upload is null)
        {
            if (!_isText)
                return (null, Problems.NothingToShare);
            if (await SealTextAsync(aborted) is { } problem)
                return (null, problem);
        }
        return await _upload!.PublishAsync(_isText, _lifetime, aborted);
    }

    /// <returns>Null where it is no UTF-8, or too long to be any field's.</returns>
    private static async Task<string?> ReadFieldAsync(MultipartSection part, CancellationToken aborted)
    {
        var field = new byte[MaxFieldLength + 1];
        int read = await part.Body.ReadAtLeastAsync(field, field.Length, throwOnEndOfStream: false, aborted);
        string? text = read > MaxFieldLength ? null : Utf8Text.Decode(field.AsSpan(0, read));
        CryptographicOperations.ZeroMemory(field);
        return text;
    }
}
