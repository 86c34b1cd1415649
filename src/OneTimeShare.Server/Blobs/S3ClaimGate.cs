using System.Runtime.CompilerServices;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>Marks as objects beside the blobs, each created by the one request that S3 lets create it.</summary>
internal sealed class S3ClaimGate(S3Bucket bucket) : IClaimGate
{
    private const string Prefix = "claims/";
    private const string Identity = "identity";

    public async ValueTask<ClaimMark?> MarkAsync(ShareId id, ClaimMark mark, CancellationToken cancellationToken)
    {
        byte[] bytes = mark.ToArray();
        while (await bucket.TryPutAsync(KeyOf(id), bytes, null, cancellationToken) is null)
        {
            if (await TryReadAsync(id, cancellationToken) is { } earlier)
                return earlier;
            // it has been taken away in between
        }

        return null;
    }

    public async ValueTask UnmarkAsync(ShareId id, CancellationToken cancellationToken) =>
        await bucket.DeleteAsync([KeyOf(id)], cancellationToken);

    public async IAsyncEnumerable<ShareId> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!bucket.MayList)
            yield break;
        await foreach (var (key, writtenAt) in bucket.ListAsync(Prefix, cancellationToken))
        {
            if (writtenAt < before && ShardedFolder.TryParse(key.AsSpan(Prefix.Length), out var id))
                yield return id;
        }
    }

    public async ValueTask<Guid?> IdentifyAsync(bool make, CancellationToken cancellationToken)
    {
        if (make)
            await bucket.TryPutAsync(Identity, GateIdentity.Create(), null, cancellationToken);
        return await TryReadAsync(Identity, GateIdentity.Length, cancellationToken) is { } bytes
            ? GateIdentity.Read(bytes) : null;
    }

    private async Task<ClaimMark?> TryReadAsync(ShareId id, CancellationToken cancellationToken) =>
        await TryReadAsync(KeyOf(id), ClaimMark.MaxLength, cancellationToken) is { } bytes
            ? ClaimMark.Read(bytes) : null;

    /// <returns>One more byte than there may be, where there are more.</returns>
    private async Task<byte[]?> TryReadAsync(string key, int max, CancellationToken cancellationToken)
    {
        using var answer = await bucket.GetAsync(key, cancellationToken);
        if (answer is null)
            return null;
        var bytes = new byte[max + 1];
        int length = await new BoundedS3Stream(answer.ResponseStream)
            .ReadAtLeastAsync(bytes, bytes.Length, false, cancellationToken);
        return bytes[..length];
    }

    private static string KeyOf(ShareId id) => Prefix + Convert.ToHexStringLower(id.ToArray());
}
