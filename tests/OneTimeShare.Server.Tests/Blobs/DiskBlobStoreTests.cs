using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Stores;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class DiskBlobStoreTests : BlobStoreContract
{
    private readonly TemporaryFolder _folder = new();

    private protected override IBlobStore Open() => new DiskBlobStore(_folder.Path);

    private protected override ValueTask<byte[]> ReadRawAsync() => ValueTask.FromResult(_folder.ReadRaw());

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
