using System.Net;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>
/// A body of which some bytes stay here until they are released: the server has the request, and all of it but those.
/// </summary>
internal sealed class HeldBackContent : HttpContent
{
    private readonly byte[] _body;
    private readonly int _heldBack;
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldBackContent(byte[] body, int heldBack) => (_body, _heldBack) = (body, heldBack);

    /// <summary>Completes when all but the bytes held back have been sent.</summary>
    public Task Sent => _sent.Task;

    /// <summary>Puts it in the place of a request's body.</summary>
    public static async Task<HeldBackContent> InAsync(HttpRequestMessage request, int heldBack)
    {
        var whole = request.Content!;
        var content = new HeldBackContent(await whole.ReadAsByteArrayAsync(), heldBack);
        content.Headers.ContentType = whole.Headers.ContentType;
        request.Content = content;
        return content;
    }

    public void Release() => _released.TrySetResult();

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_body.AsMemory(0, _body.Length - _heldBack), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _sent.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
        await stream.WriteAsync(_body.AsMemory(_body.Length - _heldBack), cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
