using System.IO.Pipelines;
using System.Security.Cryptography;
using OneTimeShare.Envelope;

namespace OneTimeShare.Benchmarks.Loads;

/// <summary>A secret of 256 random bytes, sealed beforehand, and what its recipient shows.</summary>
/// <param name="Envelope">Header, one record, footer.</param>
/// <param name="Records">The record, as the server has to give it back.</param>
/// <param name="LinkProof">In base64url.</param>
/// <param name="ClaimProof">In base64url.</param>
internal sealed record SealedSecret(byte[] Envelope, byte[] Records, string LinkProof, string ClaimProof)
{
    private const int Length = 256;

    /// <summary>Each under a link key of its own, so that an answer that belongs to another is noticed.</summary>
    public static async Task<SealedSecret[]> SealAsync(int count, Kdf kdf)
    {
        var secrets = new SealedSecret[count];
        for (int i = 0; i < count; i++)
            secrets[i] = await SealAsync(kdf);
        return secrets;
    }

    private static async Task<SealedSecret> SealAsync(Kdf kdf)
    {
        using var linkKey = LinkKey.Create();
        // An empty one means none.
        string text = kdf == Kdf.None ? "" : "correct horse battery staple";
        if (!Passphrase.TryParse(text, out var passphrase))
            throw new ArgumentOutOfRangeException(nameof(kdf));
        using (passphrase)
        {
            using var keys = KeySchedule.Derive(linkKey, EnvelopeHeader.Create(kdf), passphrase);
            var linkProof = KeySchedule.LinkProof(linkKey);
            using var envelope = new MemoryStream();
            using var writer = new EnvelopeWriter(PipeWriter.Create(envelope), keys, linkProof);
            writer.TryBeginFile("secret.txt", "text/plain");
            using var content = new MemoryStream(RandomNumberGenerator.GetBytes(Length));
            await writer.WriteAsync(content);
            await writer.TryCompleteAsync();
            return new SealedSecret(
                envelope.ToArray(),
                envelope.ToArray()[EnvelopeHeader.Length..^EnvelopeFooter.MinLength],
                StrictBase64Url.Encode(linkProof.ToArray()),
                StrictBase64Url.Encode(keys.ClaimProof.ToArray()));
        }
    }
}
