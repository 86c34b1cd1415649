using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class S3BlobStoreTests : BlobStoreContract, IAsyncLifetime
{
    private S3Options _bucket = null!;

    public async ValueTask InitializeAsync() => _bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();

    private protected override IBlobStore Open() => new S3BlobStore(new S3Bucket(_bucket), TimeProvider.System);

    private protected override async ValueTask<byte[]> ReadRawAsync() =>
        [.. (await S3Server.ReadAllAsync(_bucket)).Values.SelectMany(bytes => bytes)];

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
