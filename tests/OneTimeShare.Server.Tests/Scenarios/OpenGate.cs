using System.Runtime.CompilerServices;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>What must not pass: a gate that lets everybody through. The program that ships has none such.</summary>
internal sealed class OpenGate : IClaimGate
{
    public ValueTask<ClaimMark?> MarkAsync(ShareId id, ClaimMark mark, CancellationToken cancellationToken) =>
        ValueTask.FromResult<ClaimMark?>(null);

    public ValueTask UnmarkAsync(ShareId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<ShareId> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield break;
    }

    public ValueTask<Guid?> IdentifyAsync(bool make, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Guid?>(Guid.Empty);

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
