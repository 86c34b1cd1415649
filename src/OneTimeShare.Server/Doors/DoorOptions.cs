using System.Collections.Frozen;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Doors;

/// <summary>What the doors take where the server seals; honest clients that seal for themselves keep to it too.</summary>
internal sealed class DoorOptions
{
    private const string DefaultExtensions =
        "pdf txt md csv log env json yaml yml toml ini conf cfg properties xml sql pem key pub crt cer der p12 pfx jks ppk "
        + "asc gpg ovpn kdbx png jpg jpeg gif webp docx xlsx pptx odt ods odp zip 7z tar gz tgz xz";

    /// <summary>In lower case, without the dot; null for any.</summary>
    public FrozenSet<string>? Extensions { get; init; } = DefaultExtensions.Split(' ').ToFrozenSet();

    /// <summary>A name without an extension passes; <c>.env</c> has the extension env.</summary>
    public bool Allows(string fileName)
    {
        string name = FileNames.Clean(fileName);
        string extension = name[(name.LastIndexOf('.') + 1)..];
        return Extensions is null || extension.Length is 0 || extension.Length == name.Length
            || Extensions.Contains(extension.ToLowerInvariant());
    }
}
