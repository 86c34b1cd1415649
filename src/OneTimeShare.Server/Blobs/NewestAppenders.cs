using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Blobs;

/// <summary>The newest appender of each blob that this process has open.</summary>
internal sealed class NewestAppenders<TAppender>
    where TAppender : class
{
    private readonly Dictionary<ShareId, TAppender> _newest = [];

    /// <returns>The one before it, which is to be closed.</returns>
    public TAppender? Replace(ShareId id, TAppender? newer)
    {
        lock (_newest)
        {
            _newest.Remove(id, out var older);
            if (newer is not null)
                _newest[id] = newer;
            return older;
        }
    }

    public void Forget(ShareId id, TAppender appender)
    {
        lock (_newest)
        {
            if (_newest.TryGetValue(id, out var newest) && newest == appender)
                _newest.Remove(id);
        }
    }
}
