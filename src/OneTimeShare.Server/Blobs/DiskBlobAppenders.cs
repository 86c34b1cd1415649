using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>The newest appender of each blob that this process has open.</summary>
internal sealed class DiskBlobAppenders(BlobFolder folder)
{
    private readonly Dictionary<ShareId, DiskBlobAppender> _newest = [];

    /// <summary>A new one, after the older one is closed.</summary>
    public async Task<DiskBlobAppender> OpenAsync(ShareId id)
    {
        var appender = new DiskBlobAppender(folder, id, this);
        try
        {
            // Its turn has begun before anybody newer can see it, so that they come to the file in their order.
            await appender.OpenAsync(() => CloseAsync(Replace(id, appender)));
            return appender;
        }
        catch
        {
            await appender.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts out whoever is at it.</summary>
    public Task CloseAsync(ShareId id) => CloseAsync(Replace(id, null));

    public void Forget(ShareId id, DiskBlobAppender appender)
    {
        lock (_newest)
        {
            if (_newest.TryGetValue(id, out var newest) && newest == appender)
                _newest.Remove(id);
        }
    }

    private DiskBlobAppender? Replace(ShareId id, DiskBlobAppender? newer)
    {
        lock (_newest)
        {
            _newest.Remove(id, out var older);
            if (newer is not null)
                _newest[id] = newer;
            return older;
        }
    }

    private static Task CloseAsync(DiskBlobAppender? appender) => appender?.CloseAsync() ?? Task.CompletedTask;
}
