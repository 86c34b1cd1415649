using System.Collections.Frozen;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Shares;

/// <summary>What this server allows, and for how long it keeps what.</summary>
internal sealed class ShareOptions
{
    private const string DefaultExtensions =
        "pdf txt md csv log env json yaml yml toml ini conf cfg properties xml sql pem key pub crt cer der p12 pfx jks "
        + "ppk asc gpg ovpn kdbx png jpg jpeg gif webp docx xlsx pptx odt ods odp zip 7z tar gz tgz xz";

    /// <summary>The sum of a secret's files, in bytes.</summary>
    public long MaxSize { get; init; } = 20_000_000;

    /// <summary>What all live shares may hold together, in bytes; null for as much as there is.</summary>
    public long? MaxStorage { get; init; }

    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromHours(5);

    public TimeSpan MinLifetime { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a claimant may fetch, beside the time that the records take at 64 KiB/s.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the record of an ended share is kept after the later of its end and its expiry.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long an unfinished upload may be silent.</summary>
    public TimeSpan UploadIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long an upload may take in all.</summary>
    public TimeSpan UploadAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many unfinished uploads one network may have.</summary>
    public int UploadsPerNetwork { get; init; } = 4;

    /// <summary>How many wrong passphrases lock a share.</summary>
    public int MaxPassphraseAttempts { get; init; } = 5;

    /// <summary>
    /// What file names may end in, in lower case and without the dot; null for anything. Enforced where the server
    /// seals; elsewhere it cannot see a name, and honest clients keep to it.
    /// </summary>
    public FrozenSet<string>? Extensions { get; init; } = DefaultExtensions.Split(' ').ToFrozenSet();

    /// <summary>The lease of records of this length, in bytes.</summary>
    public TimeSpan LeaseFor(long size) => Lease + TimeSpan.FromSeconds((double)size / (64 * 1024));

    /// <summary>A name without an extension passes; <c>.env</c> has the extension env.</summary>
    public bool Allows(string fileName)
    {
        // Windows drops dots and spaces from the end of a name, and what is left has another extension.
        string name = FileNames.Clean(fileName).TrimEnd('.', ' ');
        string extension = name[(name.LastIndexOf('.') + 1)..];
        return Extensions is null || extension.Length is 0 || extension.Length == name.Length
            || Extensions.Contains(extension.ToLowerInvariant());
    }
}
