using OneTimeShare.Server.Shares;
using Xunit;
using Xunit.Sdk;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class RacyShareStoreTests
{
    [Fact]
    public async Task The_suite_finds_out_a_store_that_looks_before_it_takes()
    {
        await using var suite = new RacyShareStoreContract();
        await Assert.ThrowsAsync<SingleException>(suite.Of_many_concurrent_claims_exactly_one_wins);
    }

    // Not public, so that it is not run for itself.
    private sealed class RacyShareStoreContract : ShareStoreContract
    {
        private readonly RacyShareStore _store = new();

        private protected override IShareStore Open(ShareOptions options) => _store;

        private protected override ValueTask AdvanceAsync(TimeSpan time) => throw new NotSupportedException();

        private protected override byte[] ReadRaw() => throw new NotSupportedException();
    }
}
