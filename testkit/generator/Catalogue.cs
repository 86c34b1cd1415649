namespace OneTimeShare.Vectors;

/// <summary>Every vector there is.</summary>
internal static class Catalogue
{
    public static IEnumerable<Vector> All() =>
    [
        .. SecretVectors.All(),
        .. NameVectors.All(),
        .. LinkKeyVectors.All(),
        .. PassphraseVectors.All(),
        .. HeaderVectors.All(),
        .. FooterVectors.All(),
        .. ManifestVectors.Opened(),
        .. ManifestVectors.Refused(),
        .. RecordVectors.All(),
        .. ServedVectors.All(),
    ];
}
