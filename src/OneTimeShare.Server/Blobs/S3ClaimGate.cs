using System.Runtime.CompilerServices;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Blobs;

/// <summary>Marks as objects beside the blobs, each created by the one request that S3 lets create it.</summary>
internal sealed class S3ClaimGate(S3Bucket bucket) : IClaimGate
{
    private const string Prefix = "claims/";

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

    private async Task<ClaimMark?> TryReadAsync(ShareId id, CancellationToken cancellationToken)
    {
        using var answer = await bucket.GetAsync(KeyOf(id), cancellationToken);
        if (answer is null)
            return null;
        var bytes = new byte[ClaimMark.MaxLength + 1];
        int length = await new BoundedS3Stream(answer.ResponseStream)
            .ReadAtLeastAsync(bytes, bytes.Length, false, cancellationToken);
        return ClaimMark.Read(bytes.AsSpan(0, length));
    }

    private static string KeyOf(ShareId id) => Prefix + Convert.ToHexStringLower(id.ToArray());
}
