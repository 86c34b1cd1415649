using System.Security.Cryptography;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Tests.Stores;

/// <summary>A share of random bytes, and what its sender and its recipient know of it.</summary>
internal sealed class ShareSample
{
    public const int OneRecord = 272;

    private ShareSample(long size, byte[]? records)
    {
        Size = size;
        Records = records;
    }

    public ShareId Id { get; private init; } = ShareId.Create();

    // All made from the id, so that another process can make them again.
    public Verifier Link => Derive(1);

    public Verifier Claim => Derive(2);

    public Verifier Receipt => Derive(3);

    public Verifier ClaimToken => Derive(4);

    public EnvelopeHeader Header { get; } = EnvelopeHeader.Create(Kdf.Argon2id);

    public byte[] Manifest { get; } = RandomNumberGenerator.GetBytes(SealedManifest.MinLength);

    public long Size { get; }

    public byte[]? Records { get; }

    public long Held => Size + Manifest.Length;

    public TimeSpan Lifetime { get; } = TimeSpan.FromHours(1);

    public NewShare New => new(
        Id, Header, new EnvelopeFooter(new SealedManifest(Manifest), Link, Claim), Receipt, Lifetime, Size, Records);

    public static ShareSample OfOneRecord(int size = OneRecord) => new(size, RandomNumberGenerator.GetBytes(size));

    public static ShareSample OfBlob(long size = 20 * 65_536) => new(size, null);

    /// <summary>What is known of a share by its id; its content is another's.</summary>
    public static ShareSample OfId(ShareId id) => new(OneRecord, null) { Id = id };

    public static Verifier RandomVerifier() => Verifier.Of(RandomNumberGenerator.GetBytes(32));

    /// <summary>What the rightful recipient shows.</summary>
    public Shown Shown(Verifier? claimToken = null) => new(Link, Claim, claimToken);

    /// <summary>What somebody shows who holds the link and has the passphrase wrong.</summary>
    public Shown WrongPassphrase(Verifier? claimToken = null) => new(Link, RandomVerifier(), claimToken);

    /// <summary>What somebody shows who does not hold the link.</summary>
    public Shown WrongLink(Verifier? claimToken = null) => new(RandomVerifier(), Claim, claimToken);

    private Verifier Derive(byte use) => Verifier.Of([.. Id.ToArray(), use]);
}
