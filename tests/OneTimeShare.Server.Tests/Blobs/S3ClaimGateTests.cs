using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class S3ClaimGateTests : ClaimGateContract, IAsyncLifetime
{
    private S3Options _bucket = null!;

    public async ValueTask InitializeAsync() => _bucket = await (await S3Server.SharedAsync()).CreateBucketAsync();

    private protected override IClaimGate Open() => new S3ClaimGate(new S3Bucket(_bucket));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
