using OneTimeShare.Envelope;
using OneTimeShare.Server.Blobs;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Blobs;

public sealed class DiskClaimGateTests : ClaimGateContract
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected override IClaimGate Open() => new DiskClaimGate(_folder.Path);

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_half_written_is_no_mark_and_goes_with_a_listing()
    {
        var id = ShareId.Create();
        await Open().MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), Cancel);
        string file = Assert.Single(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
        string half = $"{file}.0123456789abcdef.part";
        File.Move(file, half);
        Assert.Null(await Open().MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), Cancel));
        Assert.Equal([id], await Open().ListAsync(DateTimeOffset.MaxValue, Cancel).ToListAsync(Cancel));
        Assert.Equal([file], Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Nobody_takes_a_share_whose_mark_is_damaged()
    {
        var id = ShareId.Create();
        await Open().MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), Cancel);
        string file = Assert.Single(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
        foreach (byte[] damaged in new[] { [], new byte[7], Enumerable.Repeat<byte>(0x7f, 40).ToArray(), new byte[41] })
        {
            await File.WriteAllBytesAsync(file, damaged, Cancel);
            await Assert.ThrowsAsync<StoreUnavailableException>(
                async () => await Open().MarkAsync(id, ClaimMark.Burned(DateTimeOffset.UnixEpoch), Cancel));
        }
    }
}
