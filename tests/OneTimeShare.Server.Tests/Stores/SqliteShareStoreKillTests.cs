using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;
using OneTimeShare.Server.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Stores;

public sealed class SqliteShareStoreKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_a_kill_at_any_moment()
    {
        var acknowledged = new Dictionary<ShareId, string>();
        for (int round = 0; round < 4; round++)
        {
            await RunAndKillAsync(acknowledged, lines: RandomNumberGenerator.GetInt32(200, 3000));
            using var store = new SqliteShareStore(_folder.Path, new ShareOptions(), TimeProvider.System);
            foreach (var (id, act) in acknowledged)
                await AssertSurvivedAsync(store, ShareSample.OfId(id), act);
        }

        Assert.Equal(["burned", "claimed", "delivered", "published"], acknowledged.Values.Distinct().Order());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The last act of each share that the program was told had been done.</summary>
    private async Task RunAndKillAsync(Dictionary<ShareId, string> acknowledged, int lines)
    {
        using var program = ProgramToKill.Start(_folder.Path);
        for (int line = 0; line < lines; line++)
            Take(acknowledged, await program.StandardOutput.ReadLineAsync(Cancel));
        program.Kill();
        // What it had said before it died, of which the last line may be cut short.
        while (await program.StandardOutput.ReadLineAsync(Cancel) is { } rest)
            Take(acknowledged, rest);
        await program.WaitForExitAsync(Cancel);
    }

    private static void Take(Dictionary<ShareId, string> acknowledged, string? line)
    {
        Assert.NotNull(line);
        if (line.Split(' ') is [var act, var text] && ShareId.TryParse(text, out var id))
            acknowledged[id] = act;
    }

    private static async Task AssertSurvivedAsync(SqliteShareStore store, ShareSample share, string act)
    {
        var receipt = await store.ReadReceiptAsync(share.Id, share.Receipt, Cancel);
        Assert.NotNull(receipt);
        // It may have got further than it could say, and never less far.
        Assert.Contains(receipt.State, act switch
        {
            "published" => [ShareState.Pending, ShareState.Claimed],
            "claimed" => [ShareState.Claimed, ShareState.Delivered, ShareState.Burned],
            "delivered" => [ShareState.Delivered],
            "burned" => new[] { ShareState.Burned },
            _ => [],
        });
        if (act == "published")
            return;

        var other = share.Shown(ShareSample.RandomVerifier());
        Assert.Equal(CheckOutcome.Ended, (await store.ClaimAsync(share.Id, other, Cancel)).Check.Outcome);
        var own = await store.ClaimAsync(share.Id, share.Shown(share.ClaimToken), Cancel);
        Assert.Equal(
            receipt.State is ShareState.Claimed ? CheckOutcome.Passed : CheckOutcome.Ended, own.Check.Outcome);
    }
}
