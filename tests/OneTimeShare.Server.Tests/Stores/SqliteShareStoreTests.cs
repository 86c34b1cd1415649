using Microsoft.Extensions.Time.Testing;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqliteShareStoreTests : ShareStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    private protected override IShareStore Open(ShareOptions options) =>
        new SqliteShareStore(_folder.Path, options, _time);

    private protected override ValueTask AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return ValueTask.CompletedTask;
    }

    private protected override byte[] ReadRaw() => _folder.ReadRaw();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
