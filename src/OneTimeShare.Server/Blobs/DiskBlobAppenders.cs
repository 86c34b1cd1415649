using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>Opens appenders, of which each blob has one at a time.</summary>
internal sealed class DiskBlobAppenders(BlobFolder folder)
{
    private readonly NewestAppenders<DiskBlobAppender> _newest = new();

    /// <summary>A new one, after the older one is closed.</summary>
    public async Task<DiskBlobAppender> OpenAsync(ShareId id)
    {
        var appender = new DiskBlobAppender(folder, id, this);
        try
        {
            // Its turn has begun before anybody newer can see it, so that they come to the file in their order.
            await appender.OpenAsync(() => CloseAsync(_newest.Replace(id, appender)));
            return appender;
        }
        catch
        {
            await appender.DisposeAsync();
            throw;
        }
    }

    /// <summary>Shuts out whoever is at it.</summary>
    public Task CloseAsync(ShareId id) => CloseAsync(_newest.Replace(id, null));

    public void Forget(ShareId id, DiskBlobAppender appender) => _newest.Forget(id, appender);

    private static Task CloseAsync(DiskBlobAppender? appender) => appender?.CloseAsync() ?? Task.CompletedTask;
}
